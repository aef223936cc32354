package org.manusroutes.attachments;

import java.io.IOException;
import org.manusroutes.failure.Explained;

/** A file could not be read now; the message begins with which. */
final class FetchFailure extends IOException implements Explained {
    private static final long serialVersionUID = 1L;

    FetchFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
