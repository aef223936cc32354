package org.manusroutes.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The other side said when to come back: the event's next attempt is not before that. */
public class RetryLater extends RuntimeException implements Explained {
    /** Nobody can silence an event for longer: some servers have asked for eleven days. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration delay;

    /** @param delay how long to wait at least, counted from now; not negative; of more than an hour, an hour counts */
    public RetryLater(String reason, Duration delay, @Nullable Throwable cause) {
        this(reason, delay, LONGEST, cause);
    }

    RetryLater(String reason, Duration delay, Duration longest, @Nullable Throwable cause) {
        super(reason, cause);
        this.delay = delay.compareTo(longest) < 0 ? delay : longest;
    }

    public Duration delay() {
        return delay;
    }
}
