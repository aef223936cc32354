package org.manusroutes.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manusroutes.torture.FileHost.SharedFile;

/**
 * An event as the sender means it, whatever bytes a delivery of it has.
 *
 * @param number its own, and so its mark in all that comes of it
 * @param reason null unless it is a {@code task_stopped}
 * @param seconds of emission, part of its id; two events of a type and second share their id
 */
record SentEvent(
        int number, String type, @Nullable String reason, String taskId, long seconds, List<SharedFile> files) {
    private static final JsonMapper json = new JsonMapper();

    String mark() {
        return Effects.mark(number);
    }

    String eventId() {
        return type + "_" + taskId + "_" + seconds;
    }

    String message() {
        return "About " + mark() + ".";
    }

    /** Within a second a stop comes after progress, and progress after the creation. */
    int rank() {
        return switch (type) {
            case "task_created" -> 0;
            case "task_stopped" -> 2;
            default -> 1;
        };
    }

    /** The status of the task when this is its newest event. */
    String status() {
        return reason == null ? "running" : reason.equals("ask") ? "waiting" : "finished";
    }

    boolean tellsPeople() {
        return type.equals("task_stopped");
    }

    boolean needsFreshUrl() {
        return files.stream().anyMatch(SharedFile::needsFreshUrl);
    }

    /**
     * The bytes of a delivery.
     *
     * @param signature of the URLs, 0 in the first delivery
     * @param spaced other white space, the same meaning
     */
    byte[] body(FileHost host, int signature, boolean spaced) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("task_id", taskId);
        if (type.equals("task_progress")) {
            detail.put("progress_type", "plan_update");
        } else {
            detail.put("task_title", "Task " + taskId);
            detail.put("task_url", "https://manus.im/app/" + taskId);
        }
        detail.put("message", message());
        if (reason != null) {
            detail.put("stop_reason", reason);
        }
        if (!files.isEmpty()) {
            List<Map<String, Object>> attachments = new ArrayList<>();
            files.forEach(file -> attachments.add(
                    Map.of("file_name", file.name(), "url", host.url(file, signature), "size_bytes", file.size())));
            detail.put("attachments", attachments);
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_id", eventId());
        event.put("event_type", type);
        event.put(type.equals("task_progress") ? "progress_detail" : "task_detail", detail);
        try {
            return (spaced ? json.writerWithDefaultPrettyPrinter() : json.writer()).writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        }
    }
}
