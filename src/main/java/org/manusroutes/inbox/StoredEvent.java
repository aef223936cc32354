package org.manusroutes.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event claimed by this node.
 *
 * @param id its place in the order of arrival
 * @param eventKey unique for ever, unlike the sender's {@code eventId}
 * @param attempt 1 for the first; together with the node it is the fence: only the holder of the last claim settles
 * @param uncounted how many of the attempts do not count as tries
 */
record StoredEvent(
        long id,
        String eventKey,
        String eventId,
        String eventType,
        @Nullable String taskId,
        @Nullable String stopReason,
        byte[] body,
        Instant receivedAt,
        int attempt,
        int uncounted) {

    /** Attempts that count, this one included; from 1. */
    int tries() {
        return attempt - uncounted;
    }

    /** The body as text; what is broken in its UTF-8 is replaced, for the event is worth more than one letter. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
