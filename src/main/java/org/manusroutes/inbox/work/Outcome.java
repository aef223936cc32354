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
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.inbox.store.Settlement;
import org.manusroutes.inbox.store.StoredEvent;

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

    /** Something failed that may work later. */
    record Retry(Duration delay, String error) implements Outcome {
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
        List<Throwable> failures = new ArrayList<>(StepFailures.of(failure));
        Optional<Duration> turn = failures.stream()
                .flatMap(f -> find(f, Postponed.class).stream())
                .map(Postponed::delay)
                .min(Duration::compareTo);
        failures.removeIf(f -> find(f, Postponed.class).isPresent());
        boolean permanent =
                failures.stream().allMatch(f -> find(f, PermanentFailure.class).isPresent());
        if (turn.isPresent() && permanent) {
            return new NotYet(turn.get()); // what cannot succeed says so again when the rest has run
        }
        String error = failures.stream().map(Outcome::describe).collect(Collectors.joining("; "));
        if (permanent) {
            return new Parked(error);
        }
        if (schedule.isLast(tries)) {
            return new Parked("gave up after " + tries + " attempts: " + error);
        }
        Duration delay = failures.stream()
                .flatMap(f -> find(f, RetryLater.class).stream())
                .map(RetryLater::delay)
                .max(Duration::compareTo)
                .orElseGet(() -> schedule.delayAfter(tries));
        return new Retry(delay, error);
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** The message that people read: ours when there is one, else the innermost, with its type. */
    private static String describe(Throwable failure) {
        Optional<String> ours = find(failure, PermanentFailure.class)
                .<Throwable>map(f -> f)
                .or(() -> find(failure, RetryLater.class))
                .map(Throwable::getMessage);
        return ours.orElseGet(() -> {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String message = Objects.requireNonNullElse(root.getMessage(), "no message");
            return root.getClass().getSimpleName() + ": " + message;
        });
    }
}
