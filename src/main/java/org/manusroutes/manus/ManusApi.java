package org.manusroutes.manus;

import org.jspecify.annotations.Nullable;

/**
 * The calls of the Manus API that this project makes.
 *
 * <p>Each throws {@link ManusApiException} when the API refuses, cannot be reached, or has no such call in the version
 * that is set. Implementations are safe for use by several threads.
 */
public interface ManusApi {
    /** PEM of the key that deliveries are signed with. */
    String publicKey();

    /** Registers a URL; Manus delivers a test to it, and waits for a 2xx, before this returns. */
    Webhook createWebhook(String url);

    Webhooks webhooks();

    void deleteWebhook(String id);

    CreatedTask createTask(NewTask task);

    Task task(String taskId);

    /**
     * A page of a task's messages, newest first.
     *
     * @param cursor where the page before ended; null for the first one
     */
    Messages newestMessages(String taskId, int limit, @Nullable String cursor);
}
