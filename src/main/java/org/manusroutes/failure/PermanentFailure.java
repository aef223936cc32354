package org.manusroutes.failure;

import org.jspecify.annotations.Nullable;

/** A permanent failure: the event is parked at once, with this message as the reason that people read. */
public class PermanentFailure extends RuntimeException implements Explained {
    public PermanentFailure(String reason) {
        super(reason);
    }

    public PermanentFailure(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
