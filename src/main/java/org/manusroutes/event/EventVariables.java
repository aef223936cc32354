package org.manusroutes.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The contract with the routes of the bundle: the variables that come with each event, whose body is the event as a
 * Map. What a route gets from the inbox, it gets in a dry run.
 *
 * @param eventKey unique for ever, unlike {@code eventId}
 * @param taskId null when the event names no task
 * @param stopReason null when the task did not stop
 * @param attempt from 1
 * @param arrival place in the order of arrival; 0 for an event that was not stored
 */
public record EventVariables(
        String eventKey,
        String eventId,
        String eventType,
        @Nullable String taskId,
        @Nullable String stopReason,
        int attempt,
        Instant receivedAt,
        long arrival) {
    public static final String EVENT_KEY = "eventKey";
    public static final String EVENT_ID = "eventId";
    public static final String EVENT_TYPE = "eventType";
    public static final String TASK_ID = "taskId";
    public static final String STOP_REASON = "stopReason";
    public static final String ATTEMPT = "attempt";
    public static final String RECEIVED_AT = "receivedAt";
    public static final String ARRIVAL = "arrival";

    /** Number of the version of the routes that the event runs in; set when it enters the bundle. */
    public static final String BUNDLE_VERSION = "bundleVersion";

    /**
     * The variables of an event that was not stored, read from its body.
     *
     * @param body with texts as {@code event_id} and {@code event_type}
     */
    public static EventVariables of(Map<String, ?> body, Instant receivedAt) {
        String eventId = String.valueOf(body.get("event_id"));
        Object taskId = null;
        Object stopReason = null;
        for (String detail : List.of("task_detail", "progress_detail")) {
            if (body.get(detail) instanceof Map<?, ?> fields) {
                taskId = fields.get("task_id");
                stopReason = fields.get("stop_reason");
            }
        }
        return new EventVariables(
                eventId,
                eventId,
                String.valueOf(body.get("event_type")),
                text(taskId),
                text(stopReason),
                1,
                receivedAt,
                0);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /** Sets each by its name. */
    public void setOn(Exchange exchange) {
        exchange.setVariable(EVENT_KEY, eventKey);
        exchange.setVariable(EVENT_ID, eventId);
        exchange.setVariable(EVENT_TYPE, eventType);
        exchange.setVariable(TASK_ID, taskId);
        exchange.setVariable(STOP_REASON, stopReason);
        exchange.setVariable(ATTEMPT, attempt);
        exchange.setVariable(RECEIVED_AT, receivedAt);
        exchange.setVariable(ARRIVAL, arrival);
    }
}
