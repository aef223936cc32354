package org.manusroutes.standins;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each call of the API does (docs/manus-api.md, REST API v2). */
final class SimulatorCalls {

    private final RegistrationCalls registering;
    private final Registrations registrations;
    private final SampleTasks tasks;
    private final FileShelf files;
    private final Uploads uploads;
    private final String publicKeyPem;
    private volatile Duration hidden = Duration.ZERO;

    SimulatorCalls(
            RegistrationCalls registering,
            Registrations registrations,
            SampleTasks tasks,
            FileShelf files,
            Uploads uploads,
            String publicKeyPem) {
        this.registering = registering;
        this.registrations = registrations;
        this.tasks = tasks;
        this.files = files;
        this.uploads = uploads;
        this.publicKeyPem = publicKeyPem;
    }

    void hideYoungerThan(Duration age) {
        hidden = age;
    }

    Answer what(String call, JsonNode body, Map<String, String> query) {
        if (call.startsWith("DELETE /v1/webhooks/")) {
            return registering.delete(call.substring(call.lastIndexOf('/') + 1));
        }
        return switch (call) {
            case "GET /v2/webhook.publicKey", "GET /v1/webhook/public_key" ->
                Answer.ok(Map.of("public_key", publicKeyPem, "algorithm", "RSA-SHA256"));
            case "POST /v2/webhook.create" ->
                registering.register(body.path("url").asText());
            case "POST /v1/webhooks" ->
                registering.registerV1(body.path("webhook").path("url").asText());
            case "GET /v2/webhook.list" -> Answer.ok(Map.of("data", registrations.all()));
            case "POST /v2/webhook.delete" ->
                registering.delete(body.path("webhook_id").asText());
            case "POST /v2/task.create" -> createV2(body);
            case "POST /v2/file.upload" ->
                body.path("filename").asText().isBlank()
                        ? Answer.error(400, "invalid_argument", "filename is required")
                        : Answer.ok(uploads.announce(body.path("filename").asText()));
            case "POST /v1/tasks" ->
                body.has("taskId")
                        ? send(body.path("taskId").asText(), body.path("prompt").asText())
                        : create(body.path("prompt").asText(), body.path("title"));
            case "GET /v2/task.detail" ->
                task(query)
                        .map(task -> Answer.ok(Map.of("task", task.detail())))
                        .orElse(Answer.NO_TASK);
            case "GET /v2/task.listMessages" ->
                task(query)
                        .filter(task -> !task.isYoungerThan(hidden))
                        .map(task -> messages(task, query))
                        .orElse(Answer.NO_TASK);
            case "GET /v2/task.list" -> list(query);
            case "POST /v2/task.sendMessage" ->
                send(
                        body.path("task_id").asText(),
                        body.path("message").path("content").asText());
            case "POST /v2/task.confirmAction" ->
                confirm(body.path("task_id").asText(), body.path("event_id").asText(), body.path("input"));
            case "POST /v2/task.stop" -> stop(body.path("task_id").asText());
            default -> Answer.error(404, "not_found", "no such call");
        };
    }

    /** The content of a message is a text, or a list of parts. */
    private Answer createV2(JsonNode body) {
        JsonNode content = body.path("message").path("content");
        StringBuilder prompt = new StringBuilder(content.asText());
        for (JsonNode part : content) {
            prompt.append(part.path("text").asText());
            if (part.path("type").asText().equals("file")
                    && !uploads.has(part.path("file_id").asText())) {
                return Answer.error(400, "invalid_argument", "no such file");
            }
        }
        if (body.has("structured_output_schema")
                && !body.path("structured_output_schema").isObject()) {
            return Answer.error(400, "invalid_argument", "structured_output_schema is no object");
        }
        return create(prompt.toString(), body.path("title"));
    }

    private Answer create(String prompt, JsonNode title) {
        if (prompt.isBlank()) {
            return Answer.error(400, "invalid_argument", "message.content is required");
        }
        SimulatedTask task = tasks.start(SampleTask.meantBy(prompt), title.asText(prompt), prompt);
        return Answer.ok(Map.of("task_id", task.id(), "task_title", task.title(), "task_url", task.url()));
    }

    /** Newest first; a cursor is the place of the page. */
    private Answer list(Map<String, String> query) {
        List<SimulatedTask> all = tasks.newestFirst();
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int to = Math.min(all.size(), from + Integer.parseInt(query.getOrDefault("limit", "20")));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(
                "data",
                all.subList(Math.min(from, to), to).stream()
                        .map(SimulatedTask::detail)
                        .toList());
        page.put("has_more", to < all.size());
        if (to < all.size()) {
            page.put("next_cursor", String.valueOf(to));
        }
        return Answer.ok(page);
    }

    /** What a waiting task is told it takes for the answer, and goes on. */
    private Answer send(String taskId, String content) {
        return tasks.find(taskId)
                .map(task -> {
                    task.nextStep();
                    task.says("user_message", Map.of("content", content));
                    tasks.goOn(task);
                    return Answer.ok(Map.of("task_id", task.id(), "task_title", task.title(), "task_url", task.url()));
                })
                .orElse(Answer.NO_TASK);
    }

    private Answer confirm(String taskId, String eventId, JsonNode input) {
        Optional<SimulatedTask> task = tasks.find(taskId);
        if (task.isEmpty()) {
            return Answer.NO_TASK;
        }
        if (!eventId.equals(task.get().waitsFor())) {
            return Answer.error(400, "invalid_argument", "the task does not wait for " + eventId);
        }
        boolean accepted = input.path("accept").asBoolean(true);
        if (accepted) {
            task.get().confirmed(input);
            tasks.goOn(task.get());
        }
        return Answer.ok(Map.of("task_id", taskId, "confirmed", accepted));
    }

    private Answer stop(String taskId) {
        return tasks.find(taskId)
                .map(task -> {
                    task.nextStep();
                    task.says("user_stop", Map.of());
                    task.becomes("stopped");
                    return Answer.ok(Map.of("task_id", task.id()));
                })
                .orElse(Answer.NO_TASK);
    }

    private Optional<SimulatedTask> task(Map<String, String> query) {
        return Optional.ofNullable(query.get("task_id")).flatMap(tasks::find);
    }

    private Answer messages(SimulatedTask task, Map<String, String> query) {
        List<Map<String, Object>> messages = new ArrayList<>(task.messages());
        if (!"true".equals(query.get("verbose"))) {
            messages.removeIf(message -> "plan_update".equals(message.get("type")));
        }
        if ("desc".equals(query.get("order"))) {
            Collections.reverse(messages);
        }
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int to = Math.min(messages.size(), from + Integer.parseInt(query.getOrDefault("limit", "100")));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(
                "messages", messages.subList(from, to).stream().map(this::fresh).toList());
        page.put("has_more", to < messages.size());
        if (to < messages.size()) {
            page.put("next_cursor", String.valueOf(to));
        }
        return Answer.ok(page);
    }

    /** With URLs that were signed now. */
    private Map<String, Object> fresh(Map<String, Object> message) {
        Map<String, Object> copy = Deliveries.copy(message);
        if (copy.get("assistant_message") instanceof Map<?, ?> said
                && said.get("attachments") instanceof List<?> list) {
            list.forEach(each -> resign(each));
        }
        return copy;
    }

    @SuppressWarnings("unchecked") // made by Jackson from an object
    void resign(Object attachment) {
        ((Map<String, Object>) attachment).computeIfPresent("url", (key, url) -> files.resigned((String) url));
    }

    /** @param body of an error: code and message */
    record Answer(int status, Map<String, Object> body) {
        static final Answer NO_TASK = error(404, "not_found", "task not found");

        static Answer ok(Map<String, ?> body) {
            return new Answer(200, Map.copyOf(body));
        }

        static Answer error(int status, String code, @Nullable String message) {
            return new Answer(status, Map.of("code", code, "message", String.valueOf(message)));
        }
    }
}
