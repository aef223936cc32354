package org.manusroutes.failure;

import java.time.Duration;

/**
 * Not yet: nothing was tried and nothing failed, the turn has not come. The event is due again after the delay, and the
 * attempt does not count against {@code manus.inbox.retry.attempts}.
 */
public class Postponed extends RetryLater {
    /** @param delay until its turn, counted from now; not negative */
    public Postponed(String reason, Duration delay) {
        super(reason, delay, delay, null);
    }
}
