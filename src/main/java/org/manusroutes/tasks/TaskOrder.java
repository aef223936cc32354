package org.manusroutes.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventIds;
import org.manusroutes.event.EventVariables;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.text.DatabaseText;
import org.springframework.stereotype.Component;

/**
 * What an event says about its task, and its place among the task's events: bean {@code #taskOrder}.
 *
 * <p>Events come in any order (docs/manus-api.md, Events). The place is the second of emission at the end of
 * {@code event_id}, or that of arrival where it is missing; within a second a stop comes after progress and progress
 * after the creation; then arrival decides.
 */
@Component("taskOrder")
final class TaskOrder {
    private static final JsonMapper json = new JsonMapper();

    /**
     * The parameters for the SQL in {@code record-task}: {@code taskId}, {@code title}, {@code url}, {@code status},
     * {@code message}, {@code structuredOutput} (JSON), {@code stopped}, {@code seconds}, {@code rank},
     * {@code arrival}, {@code reopens}; null where the event says nothing.
     */
    Map<String, @Nullable Object> parameters(
            @Body Map<String, Object> event,
            @Variable(EventVariables.EVENT_ID) String eventId,
            @Variable(EventVariables.EVENT_TYPE) String eventType,
            @Variable(EventVariables.TASK_ID) String taskId,
            @Variable(EventVariables.STOP_REASON) @Nullable String stopReason,
            @Variable(EventVariables.RECEIVED_AT) Instant receivedAt,
            @Variable(EventVariables.ARRIVAL) long arrival) {
        Map<?, ?> detail = detail(event);
        Long emitted = EventIds.emittedAt(eventId, taskId);
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("taskId", taskId);
        parameters.put("title", text(detail.get("task_title")));
        parameters.put("url", text(detail.get("task_url")));
        parameters.put("status", status(eventType, stopReason));
        parameters.put("message", text(detail.get("message")));
        parameters.put("structuredOutput", jsonText(detail.get("structured_output")));
        parameters.put("stopped", eventType.equals("task_stopped") || eventType.equals(InternalEvents.TASK_FAILED));
        parameters.put("seconds", emitted == null ? receivedAt.getEpochSecond() : emitted);
        parameters.put("rank", rank(eventType));
        parameters.put("arrival", arrival);
        // Progress that does not say when it was made may be late: it opens nothing that was closed
        parameters.put("reopens", emitted != null || !eventType.equals("task_progress"));
        return parameters;
    }

    /** Null when the event says nothing about the state, for example a stop for an unknown reason. */
    private static @Nullable String status(String eventType, @Nullable String stopReason) {
        return switch (eventType) {
            case "task_created", "task_progress" -> "running";
            case "task_stopped" ->
                switch (Objects.requireNonNullElse(stopReason, "")) {
                    case "finish", EventIds.STOPPED_BY_A_PERSON -> "finished";
                    case "ask" -> "waiting";
                    case "error" -> "error";
                    default -> null;
                };
            case InternalEvents.TASK_FAILED -> "error";
            default -> null;
        };
    }

    private static int rank(String eventType) {
        return switch (eventType) {
            case "task_created" -> 0;
            case "task_stopped", InternalEvents.TASK_FAILED -> 2;
            default -> 1;
        };
    }

    private static Map<?, ?> detail(Map<String, Object> event) {
        if (event.get("task_detail") instanceof Map<?, ?> detail) {
            return detail;
        }
        return event.get("progress_detail") instanceof Map<?, ?> detail ? detail : Map.of();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? DatabaseText.of(text) : null;
    }

    private static @Nullable String jsonText(@Nullable Object value) {
        try {
            return value == null ? null : json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what was read from JSON can be written as JSON", e);
        }
    }
}
