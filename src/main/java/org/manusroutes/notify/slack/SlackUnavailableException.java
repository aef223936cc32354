package org.manusroutes.notify.slack;

import java.io.IOException;
import org.manusroutes.failure.Explained;

/** Slack could not take the message now: worth another attempt. */
class SlackUnavailableException extends IOException implements Explained {
    private static final long serialVersionUID = 1L;

    SlackUnavailableException(String message) {
        super(message);
    }
}
