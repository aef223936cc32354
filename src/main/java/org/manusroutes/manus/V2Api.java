package org.manusroutes.manus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The v2 API behind the calls that this project makes. */
final class V2Api implements ManusApi {
    private final V2Exchange exchange;
    private final ApiCalls reach;

    V2Api(V2Exchange exchange, ApiCalls reach) {
        this.exchange = exchange;
        this.reach = reach;
    }

    @Override
    public String publicKey() {
        return reach.call(exchange::publicKey, V2Exchange.PublicKey::publicKey);
    }

    @Override
    public Webhook createWebhook(String url) {
        return reach.call(
                () -> exchange.createWebhook(new V2Exchange.WebhookRequest(url)), V2Exchange.WebhookAnswer::webhook);
    }

    @Override
    public Webhooks webhooks() {
        return reach.call(exchange::webhooks, webhooks -> webhooks);
    }

    @Override
    public void deleteWebhook(String id) {
        reach.run(() -> exchange.deleteWebhook(new V2Exchange.WebhookId(id)));
    }

    @Override
    public CreatedTask createTask(NewTask task) {
        var request = new V2Exchange.TaskRequest(
                new V2Exchange.Content(content(task)),
                task.title(),
                task.projectId(),
                task.agentProfile(),
                task.structuredOutputSchema());
        return reach.call(() -> exchange.createTask(request), created -> created);
    }

    /** A text alone is sent as one; with files, as a list of parts. */
    private static Object content(NewTask task) {
        if (task.files().isEmpty()) {
            return task.prompt();
        }
        List<V2Exchange.Part> parts = new ArrayList<>();
        parts.add(new V2Exchange.Part("text", task.prompt(), null, null));
        task.files().forEach(file -> parts.add(new V2Exchange.Part("file", null, file.fileId(), file.filename())));
        return parts;
    }

    @Override
    public FileUpload uploadFile(String filename) {
        return reach.call(() -> exchange.uploadFile(new V2Exchange.FileName(filename)), upload -> upload);
    }

    @Override
    public Messages newestMessagesWithPlan(String taskId, int limit) {
        return reach.call(() -> exchange.messagesWithPlan(taskId, limit, "desc", true), messages -> messages);
    }

    @Override
    public Task task(String taskId) {
        return reach.call(() -> exchange.task(taskId), V2Exchange.TaskAnswer::task);
    }

    @Override
    public TaskPage newestTasks(int limit, @Nullable String cursor) {
        return reach.call(() -> exchange.tasks(limit, "desc", "all", cursor), tasks -> tasks);
    }

    @Override
    public void sendMessage(String taskId, String content) {
        reach.run(() -> exchange.sendMessage(new V2Exchange.MessageRequest(taskId, new V2Exchange.Content(content))));
    }

    @Override
    public void confirmAction(String taskId, String waitingForEventId, Map<String, ?> input) {
        reach.run(() -> exchange.confirmAction(
                new V2Exchange.ConfirmRequest(taskId, waitingForEventId, input.isEmpty() ? null : input)));
    }

    @Override
    public void stopTask(String taskId) {
        reach.run(() -> exchange.stopTask(new V2Exchange.TaskId(taskId)));
    }

    @Override
    public Messages newestMessages(String taskId, int limit, @Nullable String cursor) {
        return reach.call(() -> exchange.messages(taskId, limit, "desc", cursor), messages -> messages);
    }
}
