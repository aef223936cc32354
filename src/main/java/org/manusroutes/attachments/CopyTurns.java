package org.manusroutes.attachments;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.manusroutes.failure.Postponed;

/**
 * Lets this node copy so many files at once, fewer than it has workers: a host that drips holds up files, and nothing
 * else. An event that comes when all are busy is {@link Postponed}; when it comes again, nobody who came later goes
 * first.
 */
final class CopyTurns {
    /** For one place in the line; the longest is still short beside the time a host may take. */
    private static final Duration STEP = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** For one that was told to come again and has not come: another node may have taken its event. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final int most;
    private final Duration longestCopy;
    private final LongSupplier nanos;
    /** When each turn began. */
    private final IdentityHashMap<Turn, Long> running = new IdentityHashMap<>();
    /** Events that wait for a turn, in the order in which they came, with when they are to come again. */
    private final Map<String, Long> waiting = new LinkedHashMap<>();

    /** @param longestCopy a turn that was not given back by then never will be: an Error ended its copy */
    CopyTurns(int most, Duration longestCopy, LongSupplier nanos) {
        this.most = most;
        this.longestCopy = longestCopy;
        this.nanos = nanos;
    }

    /** One copy. */
    final class Turn {
        /** It is over; to say so again does nothing. */
        void end() {
            synchronized (CopyTurns.this) {
                running.remove(this);
            }
        }
    }

    /**
     * Takes a turn.
     *
     * @param key of the event
     * @throws Postponed when none is left for it
     */
    synchronized Turn begin(String key) {
        long now = nanos.getAsLong();
        running.values().removeIf(began -> now - began > longestCopy.toNanos());
        waiting.values().removeIf(due -> now - due > PATIENCE.toNanos());
        int before = 0;
        int dueBefore = 0;
        for (Map.Entry<String, Long> other : waiting.entrySet()) {
            if (other.getKey().equals(key)) {
                break;
            }
            before++;
            dueBefore += other.getValue() - now <= 0 ? 1 : 0;
        }
        if (running.size() + dueBefore < most) {
            waiting.remove(key);
            Turn turn = new Turn();
            running.put(turn, now);
            return turn;
        }
        Duration step = STEP.multipliedBy(before + 1L);
        Duration delay = step.compareTo(LONGEST) < 0 ? step : LONGEST;
        waiting.put(key, now + delay.toNanos());
        throw new Postponed(
                "This node copies " + most + " files at once (manus.attachments.copies); " + waiting.size()
                        + " events wait for their turn.",
                delay);
    }
}
