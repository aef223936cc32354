package org.manusroutes.manus;

import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/** Says in the words of {@link ManusApiException} that a call got no answer, or one that cannot be read. */
final class ApiCalls {
    private final URI baseUrl;

    ApiCalls(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** @throws ManusApiException also when the part asked for is missing from the answer */
    <A, P> P call(Supplier<@Nullable A> call, Function<A, @Nullable P> part) {
        try {
            A answer = call.get();
            P found = answer == null ? null : part.apply(answer);
            if (found == null) {
                throw unreadable(null);
            }
            return found;
        } catch (ResourceAccessException noAnswer) {
            throw noAnswer(noAnswer);
        } catch (RestClientException unreadable) {
            throw unreadable(unreadable);
        }
    }

    void run(Runnable call) {
        try {
            call.run();
        } catch (ResourceAccessException noAnswer) {
            throw noAnswer(noAnswer);
        }
    }

    private ManusApiException noAnswer(ResourceAccessException failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new ManusApiException(
                ManusApiException.NO_ANSWER,
                ManusApiException.NO_ANSWER_CODE,
                null,
                "no answer from the Manus API at " + baseUrl + " (" + why + ")",
                failure);
    }

    private ManusApiException unreadable(@Nullable RestClientException failure) {
        return new ManusApiException(
                ManusApiException.NO_ANSWER,
                ManusApiException.UNREADABLE_CODE,
                null,
                "the answer of " + baseUrl + " is not one of the Manus API: check manus.api.base-url",
                failure);
    }
}
