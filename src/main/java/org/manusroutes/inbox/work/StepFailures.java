package org.manusroutes.inbox.work;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.jspecify.annotations.Nullable;

/** The failures of several steps of one event; each step ran, whatever became of the others. */
final class StepFailures extends Exception {
    private final transient List<Failure> failures;

    /**
     * One of them.
     *
     * @param step the route in which it happened; null when that is not known
     */
    record Failure(@Nullable String step, Throwable cause) {}

    private StepFailures(List<Failure> failures) {
        super(
                failures.stream().map(failure -> failure.cause.getMessage()).collect(Collectors.joining("; ")),
                failures.get(0).cause);
        this.failures = List.copyOf(failures);
        failures.stream().skip(1).forEach(failure -> addSuppressed(failure.cause));
    }

    /** Why an exchange failed, with the route in which it did; null when it did not. */
    static @Nullable Exception in(Exchange exchange) {
        Exception failure = exchange.getException();
        String route = exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class);
        return failure == null || route == null || found(failure) != null
                ? failure
                : new StepFailures(List.of(new Failure(route, failure)));
    }

    /** Both as one; null when there is none. */
    static @Nullable Exception join(@Nullable Exception first, @Nullable Exception second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        List<Failure> all = new ArrayList<>(of(first));
        all.addAll(of(second));
        return new StepFailures(all);
    }

    /** The single failures in an exception, itself when it is one. */
    static List<Failure> of(Throwable failure) {
        StepFailures several = found(failure);
        return several == null ? List.of(new Failure(null, failure)) : several.failures;
    }

    private static @Nullable StepFailures found(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StepFailures several) {
                return several;
            }
        }
        return null;
    }
}
