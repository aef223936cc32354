package org.manusroutes.manus;

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
                new V2Exchange.Content(task.prompt()), task.title(), task.projectId(), task.agentProfile());
        return reach.call(() -> exchange.createTask(request), created -> created);
    }

    @Override
    public Task task(String taskId) {
        return reach.call(() -> exchange.task(taskId), V2Exchange.TaskAnswer::task);
    }

    @Override
    public Messages newestMessages(String taskId, int limit, @Nullable String cursor) {
        return reach.call(() -> exchange.messages(taskId, limit, "desc", cursor), messages -> messages);
    }
}
