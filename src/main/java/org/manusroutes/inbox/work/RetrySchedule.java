package org.manusroutes.inbox.work;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.manusroutes.inbox.InboxProperties;

/**
 * When an event is tried again: exponential, with a jitter of a fifth in both directions, so that what failed together
 * does not come back together.
 *
 * @param random numbers from 0 (inclusive) to 1 (exclusive)
 */
record RetrySchedule(InboxProperties.Retry retry, DoubleSupplier random) {

    boolean isLast(int attempt) {
        return attempt >= retry.attempts();
    }

    /** @param attempt the attempt that failed, from 1 */
    Duration delayAfter(int attempt) {
        double max = retry.maxDelay().toMillis();
        int doublings = Math.min(attempt - 1, 40);
        double delay = Math.min(max, retry.firstDelay().toMillis() * Math.pow(2, doublings));
        return Duration.ofMillis(Math.round(delay * (0.8 + 0.4 * random.getAsDouble())));
    }
}
