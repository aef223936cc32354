package org.manusroutes.loop;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps something that is done again and again alive: whatever a turn throws, an Error too, is counted, logged once
 * until a turn succeeds, and never reaches the thread. Safe for several threads.
 */
public final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final String name;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private final Counter good;
    private final Counter failed;
    private final AtomicLong lastGood;
    private volatile @Nullable String failure;
    private volatile boolean ended;

    /** One turn. */
    @FunctionalInterface
    public interface Turn {
        void run() throws Exception;
    }

    Loop(String name, Duration longest, LongSupplier nanoTime, Counter good, Counter failed) {
        this.name = name;
        this.longest = longest;
        this.nanoTime = nanoTime;
        this.good = good;
        this.failed = failed;
        this.lastGood = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Does one turn.
     *
     * @return whether it succeeded
     * @throws InterruptedException when the turn was interrupted: the application stops
     */
    public boolean turn(Turn turn) throws InterruptedException {
        try {
            turn.run();
            good();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            try {
                failed(e);
            } catch (Throwable noMemoryToSayIt) {
                // the thread lives, and health says that no turn is good
            }
            return false;
        }
    }

    /** As {@link #turn}, for a scheduler, which has its own way to be stopped. */
    public void scheduled(Turn turn) {
        try {
            turn(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A turn that goes on for long is alive. */
    public void good() {
        lastGood.set(nanoTime.getAsLong());
        good.increment();
        if (failure != null) {
            failure = null;
            log.info("The loop '{}' works again", name);
        }
    }

    private void failed(Throwable e) {
        failed.increment();
        String said = e.toString();
        if (!said.equals(failure)) {
            failure = said;
            log.error("The loop '{}' failed and goes on: {}", name, said, e instanceof Error ? e : null);
            log.debug("The loop '{}' failed", name, e);
        }
    }

    /** It is meant to end: the application stops. */
    public void end() {
        ended = true;
    }

    String name() {
        return name;
    }

    double secondsSinceGood() {
        return (nanoTime.getAsLong() - lastGood.get()) / 1e9;
    }

    /** Why it is not well; null when it is. */
    public @Nullable String problem() {
        if (ended || nanoTime.getAsLong() - lastGood.get() <= longest.toNanos()) {
            return null;
        }
        String why = failure;
        return "no good turn for " + Math.round(secondsSinceGood()) + " s"
                + (why == null ? ": it is stuck" : ": " + why);
    }
}
