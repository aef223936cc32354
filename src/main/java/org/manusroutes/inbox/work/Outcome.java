package org.manusroutes.inbox.work;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;
import org.manusroutes.failure.ConfigurationFailure;
import org.manusroutes.failure.Explained;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.inbox.store.Settlement;
import org.manusroutes.inbox.store.StoredEvent;
import org.manusroutes.inbox.work.StepFailures.Failure;
import org.manusroutes.text.Secrets;

/** How an attempt ended, and so how its event goes on. */
public sealed interface Outcome {
    /** The state in which its event goes on: {@code waiting}, {@code done} or {@code parked}. */
    String state();

    /** What it is called in the history and the metrics. */
    String name();

    /** Until the event is due again; null when it never is. */
    default @Nullable Duration delay() {
        return null;
    }

    /** What people read about it; null when there is nothing to say. */
    default @Nullable String error() {
        return null;
    }

    /**
     * This outcome as it is written down.
     *
     * @param bundleVersion of the routes that ran; null when the attempt did not come so far
     * @param notice that tells people; null for none
     */
    default Settlement settlement(
            StoredEvent event, String node, Instant started, @Nullable Long bundleVersion, @Nullable Event notice) {
        return new Settlement(
                event,
                node,
                started,
                bundleVersion,
                name(),
                state(),
                !(this instanceof NotYet),
                delay(),
                error(),
                notice);
    }

    /** All steps ran. */
    record Done() implements Outcome {
        @Override
        public String state() {
            return "done";
        }

        @Override
        public String name() {
            return "done";
        }
    }

    /**
     * Something failed that may work later.
     *
     * @param urgent whether it will not work before a person has done something
     */
    record Retry(Duration delay, String error, boolean urgent) implements Outcome {
        @Override
        public String state() {
            return "waiting";
        }

        @Override
        public String name() {
            return "retry";
        }
    }

    /** Nothing failed, but a step's turn has not come; the attempt does not count. */
    record NotYet(Duration delay) implements Outcome {
        @Override
        public String state() {
            return "waiting";
        }

        @Override
        public String name() {
            return "postponed";
        }
    }

    /** Nobody but a person can help. */
    record Parked(String error) implements Outcome {
        @Override
        public String state() {
            return "parked";
        }

        @Override
        public String name() {
            return "parked";
        }
    }

    /**
     * The outcome of an attempt that ended with this failure, or none. While any failed step may still succeed the
     * event is retried; it is parked when none can, or when its tries are used up.
     *
     * @param tries attempts that count, this one included
     */
    static Outcome of(@Nullable Exception failure, int tries, RetrySchedule schedule) {
        if (failure == null) {
            return new Done();
        }
        List<Failure> failures = new ArrayList<>(StepFailures.of(failure));
        Optional<Duration> turn = failures.stream()
                .flatMap(f -> find(f.cause(), Postponed.class).stream())
                .map(Postponed::delay)
                .min(Duration::compareTo);
        failures.removeIf(f -> find(f.cause(), Postponed.class).isPresent());
        boolean permanent = failures.stream()
                .allMatch(f -> find(f.cause(), PermanentFailure.class).isPresent());
        if (turn.isPresent() && permanent) {
            return new NotYet(turn.get()); // what cannot succeed says so again when the rest has run
        }
        String error = Secrets.masked(failures.stream().map(Outcome::describe).collect(Collectors.joining("; ")));
        if (permanent) {
            return new Parked(error);
        }
        if (schedule.isLast(tries)) {
            return new Parked("gave up after " + tries + " attempts: " + error);
        }
        Duration delay = failures.stream()
                .flatMap(f -> find(f.cause(), RetryLater.class).stream())
                .map(RetryLater::delay)
                .max(Duration::compareTo)
                .orElseGet(() -> schedule.delayAfter(tries));
        boolean urgent = failures.stream()
                .anyMatch(f -> find(f.cause(), ConfigurationFailure.class).isPresent());
        return new Retry(delay, error, urgent);
    }

    private static <T> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /**
     * What people read: the step, and the message that was written for them when there is one; else the innermost one
     * with its type, or the one around it where that names the server and the innermost does not.
     */
    private static String describe(Failure failure) {
        String step = failure.step() == null ? "" : failure.step() + ": ";
        Optional<Explained> explained = find(failure.cause(), Explained.class);
        if (explained.isPresent()) {
            return step + ((Throwable) explained.get()).getMessage();
        }
        Throwable root = failure.cause();
        Throwable around = root;
        while (root.getCause() != null) {
            around = root;
            root = root.getCause();
        }
        boolean nameless = root.getClass().getPackageName().startsWith("java.net") && around.getMessage() != null;
        Throwable told = nameless ? around : root;
        return step + told.getClass().getSimpleName() + ": "
                + Objects.requireNonNullElse(told.getMessage(), "no message");
    }
}
