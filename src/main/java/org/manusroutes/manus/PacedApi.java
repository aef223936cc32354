package org.manusroutes.manus;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API within its limits: a call waits for its turn for a short while, and is then refused as the API would
 * ({@link ManusApiException#isRateLimited()}), without being made.
 */
final class PacedApi implements ManusApi {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(100);

    private final ManusApi api;
    private final ApiLimits limits;

    PacedApi(ManusApi api, ApiLimits limits) {
        this.api = api;
        this.limits = limits;
    }

    private <T> T call(CallKind kind, Supplier<T> call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!limits.take(kind)) {
            if (System.nanoTime() - end >= 0) {
                throw ManusApiException.limitUsedUp();
            }
            pause();
        }
        try {
            return call.get();
        } catch (ManusApiException refusal) {
            if (refusal.isRateLimited()) {
                limits.refused(kind);
            }
            throw refusal;
        }
    }

    private void run(CallKind kind, Runnable call) {
        call(kind, () -> {
            call.run();
            return true;
        });
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ManusApiException.limitUsedUp();
        }
    }

    @Override
    public String publicKey() {
        return call(CallKind.READ, api::publicKey);
    }

    @Override
    public Webhook createWebhook(String url) {
        return call(CallKind.WRITE, () -> api.createWebhook(url));
    }

    @Override
    public Webhooks webhooks() {
        return call(CallKind.READ, api::webhooks);
    }

    @Override
    public void deleteWebhook(String id) {
        run(CallKind.WRITE, () -> api.deleteWebhook(id));
    }

    @Override
    public CreatedTask createTask(NewTask task) {
        return call(CallKind.SEND, () -> api.createTask(task));
    }

    @Override
    public FileUpload uploadFile(String filename) {
        return call(CallKind.WRITE, () -> api.uploadFile(filename));
    }

    @Override
    public Messages newestMessagesWithPlan(String taskId, int limit) {
        return call(CallKind.READ, () -> api.newestMessagesWithPlan(taskId, limit));
    }

    @Override
    public Task task(String taskId) {
        return call(CallKind.READ, () -> api.task(taskId));
    }

    @Override
    public TaskPage newestTasks(int limit, @Nullable String cursor) {
        return call(CallKind.READ, () -> api.newestTasks(limit, cursor));
    }

    @Override
    public void sendMessage(String taskId, String content) {
        run(CallKind.SEND, () -> api.sendMessage(taskId, content));
    }

    @Override
    public void confirmAction(String taskId, String waitingForEventId, Map<String, ?> input) {
        run(CallKind.WRITE, () -> api.confirmAction(taskId, waitingForEventId, input));
    }

    @Override
    public void stopTask(String taskId) {
        run(CallKind.WRITE, () -> api.stopTask(taskId));
    }

    @Override
    public boolean canListMessages() {
        return api.canListMessages();
    }

    @Override
    public Messages newestMessages(String taskId, int limit, @Nullable String cursor) {
        return call(CallKind.READ, () -> api.newestMessages(taskId, limit, cursor));
    }
}
