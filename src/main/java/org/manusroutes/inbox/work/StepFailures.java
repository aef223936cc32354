package org.manusroutes.inbox.work;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The failures of several steps of one event; each step ran, whatever became of the others. */
final class StepFailures extends Exception {
    private final transient List<Throwable> failures;

    private StepFailures(List<Throwable> failures) {
        super(failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; ")), failures.get(0));
        this.failures = List.copyOf(failures);
        failures.stream().skip(1).forEach(this::addSuppressed);
    }

    /** Both as one; null when there is none. */
    static @Nullable Exception join(@Nullable Exception first, @Nullable Exception second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        List<Throwable> all = new ArrayList<>(of(first));
        all.addAll(of(second));
        return new StepFailures(all);
    }

    /** The single failures in an exception, itself when it is one. */
    static List<Throwable> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StepFailures several) {
                return several.failures;
            }
        }
        return List.of(failure);
    }
}
