package org.manusroutes.failure;

import org.jspecify.annotations.Nullable;

/** No further attempt can help: the event is parked at once, with this message as the reason people read. */
public class PermanentFailure extends RuntimeException {
    public PermanentFailure(String reason) {
        super(reason);
    }

    public PermanentFailure(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
