package org.manusroutes.manus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The v2 API as it stands (docs/manus-api.md, REST API v2). */
@HttpExchange("/v2")
interface V2Exchange {
    @GetExchange("/webhook.publicKey")
    PublicKey publicKey();

    @PostExchange("/webhook.create")
    WebhookAnswer createWebhook(@RequestBody WebhookRequest request);

    @GetExchange("/webhook.list")
    Webhooks webhooks();

    @PostExchange("/webhook.delete")
    void deleteWebhook(@RequestBody WebhookId request);

    @PostExchange("/task.create")
    CreatedTask createTask(@RequestBody TaskRequest request);

    @PostExchange("/file.upload")
    FileUpload uploadFile(@RequestBody FileName request);

    @GetExchange("/task.detail")
    TaskAnswer task(@RequestParam("task_id") String taskId);

    @GetExchange("/task.list")
    TaskPage tasks(
            @RequestParam("limit") int limit,
            @RequestParam("order") String order,
            @RequestParam("scope") String scope,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor);

    @PostExchange("/task.sendMessage")
    void sendMessage(@RequestBody MessageRequest request);

    @PostExchange("/task.confirmAction")
    void confirmAction(@RequestBody ConfirmRequest request);

    @PostExchange("/task.stop")
    void stopTask(@RequestBody TaskId request);

    @GetExchange("/task.listMessages")
    Messages messages(
            @RequestParam("task_id") String taskId,
            @RequestParam("limit") int limit,
            @RequestParam("order") String order,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor);

    @GetExchange("/task.listMessages")
    Messages messagesWithPlan(
            @RequestParam("task_id") String taskId,
            @RequestParam("limit") int limit,
            @RequestParam("order") String order,
            @RequestParam("verbose") boolean verbose);

    /**
     * The key that deliveries are signed with.
     *
     * @param publicKey PEM
     */
    record PublicKey(String publicKey) {}

    record WebhookRequest(String url) {}

    record WebhookAnswer(Webhook webhook) {}

    record WebhookId(String webhookId) {}

    record TaskRequest(
            Content message,
            @Nullable String title,
            @Nullable String projectId,
            @Nullable String agentProfile,
            @Nullable JsonNode structuredOutputSchema) {}

    /**
     * What a message says.
     *
     * @param content a text, or a list of {@link Part}s
     */
    record Content(Object content) {}

    record Part(
            String type,
            @Nullable String text,
            @Nullable String fileId,
            @Nullable String filename) {}

    record FileName(String filename) {}

    record MessageRequest(String taskId, Content message) {}

    /**
     * A confirmation.
     *
     * @param eventId what the task waits for, not the event of a webhook
     */
    record ConfirmRequest(
            String taskId, String eventId, @Nullable Map<String, ?> input) {}

    record TaskId(String taskId) {}

    record TaskAnswer(Task task) {}
}
