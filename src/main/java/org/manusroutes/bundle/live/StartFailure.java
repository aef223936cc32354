package org.manusroutes.bundle.live;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteFile;
import org.manusroutes.bundle.camel.BeanNotMadeException;
import org.manusroutes.bundle.check.MissingClass;
import org.manusroutes.text.Excerpt;
import org.manusroutes.text.Secrets;
import org.springframework.core.NestedExceptionUtils;

/** Why routes that are good do not start, in a sentence. */
final class StartFailure {
    private static final int LONGEST = 500;

    private StartFailure() {}

    /** @param file of the route, unless the failure names another; null for the folder */
    static Problem of(Throwable failure, @Nullable String file) {
        BeanNotMadeException bean = ObjectHelper.getException(BeanNotMadeException.class, failure);
        String named = Optional.ofNullable(routeIn(failure))
                .map(route -> route + RouteFile.SUFFIX)
                .orElse(file == null ? "." : file);
        return Problem.error(
                bean == null ? new Place(named, 1, 1) : bean.place(),
                "good, but does not start, and is tried again every ten seconds: " + sentence(failure, bean));
    }

    private static @Nullable String routeIn(Throwable failure) {
        FailedToStartRouteException notStarted = ObjectHelper.getException(FailedToStartRouteException.class, failure);
        if (notStarted != null) {
            return notStarted.getRouteId();
        }
        FailedToCreateRouteException notMade = ObjectHelper.getException(FailedToCreateRouteException.class, failure);
        return notMade == null ? null : notMade.getRouteId();
    }

    private static String sentence(Throwable failure, @Nullable BeanNotMadeException bean) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        String said = MissingClass.in(failure)
                .orElseGet(() -> Stream.of(
                                bean == null ? null : bean.getMessage(), cause.getMessage(), failure.getMessage())
                        .filter(message -> message != null && !message.isBlank())
                        .findFirst()
                        .orElseGet(cause::toString));
        return Excerpt.of(Secrets.masked(said).lines().findFirst().orElse(said), LONGEST);
    }
}
