package org.manusroutes.inbox.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventBody;
import org.manusroutes.event.EventVariables;

/**
 * An event claimed by this node.
 *
 * @param id its place in the order of arrival
 * @param eventKey unique for ever, unlike the sender's {@code eventId}
 * @param attempt 1 for the first; together with the node it is the fence: only the holder of the last claim settles
 * @param uncounted how many of the attempts do not count as tries
 */
public record StoredEvent(
        long id,
        String eventKey,
        String eventId,
        String eventType,
        @Nullable String taskId,
        @Nullable String stopReason,
        @SuppressWarnings("ArrayRecordComponent") // compared by identity alone
        byte[] body,
        Instant receivedAt,
        int attempt,
        int uncounted) {

    /** Attempts that count, this one included; from 1. */
    public int tries() {
        return attempt - uncounted;
    }

    /** What a route gets to know of it. */
    public EventVariables variables() {
        return new EventVariables(eventKey, eventId, eventType, taskId, stopReason, attempt, receivedAt, id);
    }

    /** The body as text, as {@link EventBody} reads it. */
    public String text() {
        return EventBody.text(body);
    }
}
