package org.manusroutes.notify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as the inbox hands them to a route (docs/manus-api.md, Events). */
public final class Events {
    public static final String KEY = "task_stopped_EFyyM466LvHRFtJRHvhHBN_1763506696";
    public static final String TASK = "EFyyM466LvHRFtJRHvhHBN";

    private Events() {}

    public static Map<String, Object> finish() {
        return stopped(
                "finish",
                "Market report",
                "## Done\n\nThe report compares **12** vendors.",
                List.of(
                        Map.of("file_name", "report.pdf", "url", "https://files.manuscdn.com/a", "size_bytes", 2048576),
                        Map.of("file_name", "data.csv", "url", "https://files.manuscdn.com/b", "size_bytes", 512)));
    }

    public static Map<String, Object> ask() {
        return stopped("ask", "Market report", "Which region do you mean?", List.of());
    }

    public static Map<String, Object> stopped(
            String reason, String title, String message, @Nullable List<?> attachments) {
        Map<String, Object> task = new HashMap<>(Map.of(
                "task_id", TASK,
                "task_title", title,
                "task_url", "https://manus.im/app/" + TASK,
                "message", message,
                "stop_reason", reason));
        task.put("attachments", attachments);
        return Map.of("event_id", KEY, "event_type", "task_stopped", "task_detail", task);
    }

    public static Map<String, Object> parked() {
        return Map.of(
                "event_id",
                "event_parked_" + KEY,
                "event_type",
                "event_parked",
                "parked",
                Map.of(
                        "event_key",
                        KEY,
                        "event_type",
                        "task_stopped",
                        "task_id",
                        TASK,
                        "reason",
                        "Slack refused: channel_not_found.",
                        "attempt",
                        3));
    }

    public static Map<String, Object> variables(String key, String type, String reason) {
        return Map.of(
                "eventKey", key, "eventId", KEY, "eventType", type, "taskId", TASK, "stopReason", reason, "attempt", 1);
    }

    public static Map<String, Object> variables(String reason) {
        return variables(KEY, "task_stopped", reason);
    }
}
