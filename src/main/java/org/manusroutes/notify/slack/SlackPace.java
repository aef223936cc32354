package org.manusroutes.notify.slack;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.Postponed;

/**
 * Gives each message to a channel its turn, on this node. Slack takes one message a second and channel, and short
 * bursts (Slack docs, rate limits); whoever comes before its turn is {@link Postponed} until then, and keeps the turn:
 * later ones do not overtake it. A channel that fails time and again is left alone for a while, and then tried by one
 * message before the others follow.
 *
 * <p>Turns are remembered here alone, about 200 bytes each; after a restart they are given anew.
 */
public final class SlackPace {
    /** Messages at once after a quiet time; Slack names no figure, ten have always passed. */
    private static final int BURST = 10;

    /** So many failures in a row are no accident. */
    private static final int FAILURES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration ORDER = Duration.ofMillis(1);
    private static final Duration PROBE = Duration.ofSeconds(1);

    /** A turn that nobody came for: its event was taken by another node. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private final long interval;
    private final LongSupplier nanos;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();

    /**
     * @param messagesPerSecond to one channel; 0 for any number
     * @param nanos a clock that never goes back
     */
    public SlackPace(double messagesPerSecond, LongSupplier nanos) {
        this.interval = messagesPerSecond == 0 ? 0 : Math.round(1e9 / messagesPerSecond);
        this.nanos = nanos;
    }

    /**
     * The turn of this message, which is now.
     *
     * @param key of its event
     * @throws Postponed when its turn has not come
     */
    Turn turn(String channel, String key) {
        Channel line = channels.computeIfAbsent(channel, name -> new Channel(name, nanos.getAsLong()));
        return new Turn(line, key, line.take(key));
    }

    /** How many channels are left alone for now. */
    public long paused() {
        return channels.values().stream().filter(Channel::isPaused).count();
    }

    /** One message that may be posted; how that ended must be said, once. */
    static final class Turn {
        private final Channel channel;
        private final String key;
        private final long slot;

        private Turn(Channel channel, String key, long slot) {
            this.channel = channel;
            this.key = key;
            this.slot = slot;
        }

        /** Slack has answered: taken, or refused for good. */
        void answered() {
            channel.answered();
        }

        /** It will come again, in the place it had. */
        void failed(@Nullable Duration askedToWait) {
            channel.failed(key, slot, askedToWait);
        }
    }

    private final class Channel {
        private final String name;
        /** Turns in order; each moves by what {@link #moved} has grown since it was given. */
        private final Map<String, Long> turns = new LinkedHashMap<>();

        private long next;
        private long moved;
        private long pausedUntil;
        private int failures;
        private boolean probing;

        Channel(String name, long now) {
            this.name = name;
            this.next = now - BURST * interval;
            this.pausedUntil = now;
        }

        synchronized long take(String key) {
            long now = nanos.getAsLong();
            forget(now);
            Long given = turns.get(key);
            long slot = given == null ? nextSlot(now) : given;
            long wait = Math.max(slot + moved, pausedUntil) - now;
            if (wait <= 0 && failures >= FAILURES && probing) {
                wait = PROBE.toNanos(); // another message finds out whether Slack is back
            }
            if (wait > 0) {
                turns.put(key, slot);
                throw new Postponed(
                        "The turn on " + name + " has not come; " + turns.size() + " messages wait for theirs.",
                        Duration.ofNanos(wait));
            }
            turns.remove(key);
            probing = failures >= FAILURES;
            return slot;
        }

        /** While the channel pauses, also those that know no pace come back in the order in which they came. */
        private long nextSlot(long now) {
            if (interval == 0) {
                return now < pausedUntil ? pausedUntil - moved + turns.size() * ORDER.toNanos() : now - moved;
            }
            long slot = Math.max(next, now - moved - BURST * interval);
            next = slot + interval;
            return slot;
        }

        private void forget(long now) {
            Iterator<Long> all = turns.values().iterator();
            while (all.hasNext() && all.next() + moved < now - FORGOTTEN.toNanos()) {
                all.remove();
            }
        }

        synchronized void answered() {
            failures = 0;
            probing = false;
        }

        synchronized void failed(String key, long slot, @Nullable Duration askedToWait) {
            turns.put(key, slot);
            probing = false;
            if (askedToWait != null) {
                pause(askedToWait);
            } else if (!isPaused() && ++failures >= FAILURES) { // those that were under way say nothing new
                int doublings = Math.min(failures - FAILURES, 10);
                Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
                pause(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            }
        }

        /** All that wait move, so that they do not come together when it is over. */
        private void pause(Duration pause) {
            long now = nanos.getAsLong();
            long until = now + pause.toNanos();
            if (until > pausedUntil) {
                moved += until - Math.max(now, pausedUntil);
                pausedUntil = until;
            }
        }

        synchronized boolean isPaused() {
            return nanos.getAsLong() < pausedUntil;
        }
    }
}
