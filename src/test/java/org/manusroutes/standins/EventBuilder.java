package org.manusroutes.standins;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds an event in the shapes that are documented and seen (docs/manus-api.md, Events). */
public final class EventBuilder {
    private final FileShelf files;
    private final String type;
    private final String taskId;
    private final Map<String, Object> task = new LinkedHashMap<>();
    private @Nullable List<Map<String, Object>> attachments;
    private @Nullable String message;
    private @Nullable Long seconds;
    private boolean flat;

    EventBuilder(FileShelf files, String type, String taskId, long seconds) {
        this.files = files;
        this.type = type;
        this.taskId = taskId;
        this.seconds = seconds;
        task.put("task_id", taskId);
        if (!isProgress()) {
            task.put("task_title", "Quarterly revenue by region");
            task.put("task_url", "https://manus.im/app/" + taskId);
        }
    }

    /** The event_id of the documentation's examples: without the moment of emission. */
    public EventBuilder withoutSeconds() {
        seconds = null;
        return this;
    }

    public EventBuilder at(long unixSeconds) {
        seconds = unixSeconds;
        return this;
    }

    public EventBuilder title(String title) {
        task.put("task_title", title);
        return this;
    }

    /** The shape of the tutorial's curl: neither attachments nor task_url. */
    public EventBuilder withoutUrl() {
        task.remove("task_url");
        return this;
    }

    public EventBuilder message(String text) {
        message = text;
        return this;
    }

    /** {@code finish}, {@code ask}, or one that nobody has heard of. */
    public EventBuilder reason(String stopReason) {
        task.put("stop_reason", stopReason);
        return this;
    }

    /** An empty list, which real events carry as often as no list at all. */
    public EventBuilder noAttachments() {
        attachments = new ArrayList<>();
        return this;
    }

    public EventBuilder attachment(String fileName, byte[] content) {
        if (attachments == null) {
            attachments = new ArrayList<>();
        }
        attachments.add(files.attachment(fileName, content));
        return this;
    }

    public EventBuilder structuredOutput(boolean success, Object value, @Nullable String error) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("success", success);
        output.put("value", value);
        output.put("error", error);
        task.put("structured_output", output);
        return this;
    }

    /** The task's fields beside event_id, as the v1 tables show them; real deliveries nest them. */
    public EventBuilder flat() {
        flat = true;
        return this;
    }

    public Map<String, Object> build() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_id", type + "_" + taskId + (seconds == null ? "" : "_" + seconds));
        event.put("event_type", type);
        Map<String, Object> detail = new LinkedHashMap<>(task);
        if (isProgress()) {
            detail.put("progress_type", "plan_update");
        }
        if (message != null) {
            detail.put("message", message);
        }
        if (attachments != null) {
            detail.put("attachments", attachments);
        }
        if (flat) {
            event.putAll(detail);
        } else {
            event.put(isProgress() ? "progress_detail" : "task_detail", detail);
        }
        return event;
    }

    public byte[] bytes() {
        return Deliveries.bytes(build());
    }

    private boolean isProgress() {
        return type.equals("task_progress");
    }
}
