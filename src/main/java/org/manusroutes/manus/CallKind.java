package org.manusroutes.manus;

import java.time.Duration;

/**
 * What the API counts together, and how many calls of it this receiver makes, all nodes taken together
 * (docs/manus-api.md, Limits). A burst and what is earned in a minute stay below the limit in any minute.
 */
enum CallKind {
    /** 100 a minute. */
    READ(15, 80),
    /** {@code task.create} and {@code task.sendMessage}: 10 a minute. */
    SEND(3, 6),
    /** Other writes: 40 a minute. */
    WRITE(8, 30);

    /** At once, after a pause. */
    final int burst;
    /** Between two calls, in the long run. */
    final Duration interval;

    CallKind(int burst, int perMinute) {
        this.burst = burst;
        this.interval = Duration.ofMinutes(1).dividedBy(perMinute);
    }
}
