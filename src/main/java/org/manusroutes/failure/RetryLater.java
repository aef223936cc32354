package org.manusroutes.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The other side said when to come back: the event's next attempt is not before that. */
public class RetryLater extends RuntimeException {
    private final Duration delay;

    /** @param delay how long to wait at least, counted from now; not negative */
    public RetryLater(String reason, Duration delay, @Nullable Throwable cause) {
        super(reason, cause);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
