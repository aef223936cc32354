package org.manusroutes.manus;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The deprecated v1 API, for accounts that have no other; what it lacks is said in one sentence. */
final class V1Api implements ManusApi {
    private final V1Exchange exchange;
    private final ApiCalls reach;

    V1Api(V1Exchange exchange, ApiCalls reach) {
        this.exchange = exchange;
        this.reach = reach;
    }

    @Override
    public String publicKey() {
        return reach.call(exchange::publicKey, V2Exchange.PublicKey::publicKey);
    }

    @Override
    public Webhook createWebhook(String url) {
        var request = new V1Exchange.WebhookRequest(new V2Exchange.WebhookRequest(url));
        String id = reach.call(() -> exchange.createWebhook(request), V2Exchange.WebhookId::webhookId);
        return new Webhook(id, url, "active", null);
    }

    @Override
    public Webhooks webhooks() {
        throw ManusApiException.notInV1("webhook.list");
    }

    @Override
    public void deleteWebhook(String id) {
        reach.run(() -> exchange.deleteWebhook(id));
    }

    /** v1 knows neither title nor project, schema nor files: they are refused, not lost. */
    @Override
    public CreatedTask createTask(NewTask task) {
        if (task.title() != null
                || task.projectId() != null
                || task.structuredOutputSchema() != null
                || !task.files().isEmpty()) {
            throw ManusApiException.notInV1("title, project, schema or files of a task");
        }
        var request = new V1Exchange.TaskRequest(task.prompt(), task.agentProfile());
        return reach.call(() -> exchange.createTask(request), created -> created);
    }

    @Override
    public Task task(String taskId) {
        throw ManusApiException.notInV1("task.detail");
    }

    @Override
    public TaskPage newestTasks(int limit, @Nullable String cursor) {
        throw ManusApiException.notInV1("task.list");
    }

    /** In v1 a task is told something as it is created, with its id. */
    @Override
    public void sendMessage(String taskId, String content) {
        reach.call(() -> exchange.continueTask(new V1Exchange.ContinueRequest(content, taskId)), task -> task);
    }

    @Override
    public void confirmAction(String taskId, String waitingForEventId, Map<String, ?> input) {
        throw ManusApiException.notInV1("task.confirmAction");
    }

    @Override
    public void stopTask(String taskId) {
        throw ManusApiException.notInV1("task.stop");
    }

    @Override
    public boolean canListMessages() {
        return false;
    }

    @Override
    public Messages newestMessages(String taskId, int limit, @Nullable String cursor) {
        throw ManusApiException.notInV1("task.listMessages");
    }
}
