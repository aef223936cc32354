package org.manusroutes.attachments;

import java.time.Duration;
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
    private final LongSupplier nanos;
    /** Events that wait for a turn, in the order in which they came, with when they are to come again. */
    private final Map<String, Long> waiting = new LinkedHashMap<>();

    private int busy;

    CopyTurns(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /**
     * Takes a turn, to be given back by {@link #end}.
     *
     * @param key of the event
     * @throws Postponed when none is left for it
     */
    synchronized void begin(String key) {
        long now = nanos.getAsLong();
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
        if (busy + dueBefore < most) {
            waiting.remove(key);
            busy++;
            return;
        }
        Duration step = STEP.multipliedBy(before + 1L);
        Duration delay = step.compareTo(LONGEST) < 0 ? step : LONGEST;
        waiting.put(key, now + delay.toNanos());
        throw new Postponed(
                "This node copies " + most + " files at once (manus.attachments.copies); " + waiting.size()
                        + " events wait for their turn.",
                delay);
    }

    synchronized void end() {
        busy--;
    }
}
