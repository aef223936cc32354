package org.manusroutes.manus;

import java.util.Map;
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

    /** Asks where a file of this name is to be put: see {@link FileUploads}. */
    default FileUpload uploadFile(String filename) {
        throw ManusApiException.notInV1("file.upload");
    }

    Task task(String taskId);

    /**
     * A page of the account's tasks, newest first.
     *
     * @param limit at most 100
     * @param cursor where the page before ended; null for the first one
     */
    TaskPage newestTasks(int limit, @Nullable String cursor);

    /**
     * Says something to a task: an answer, or what to do next. It has no idempotency key: after {@link
     * ManusApiException#isUnknownOutcome()} look at its messages before it is said again.
     */
    void sendMessage(String taskId, String content);

    /**
     * Answers what a task waits for and is no question in words.
     *
     * @param waitingForEventId of the task's newest status, not the {@code event_id} of a webhook
     * @param input what the {@code confirm_input_schema} asks for; empty for none
     */
    void confirmAction(String taskId, String waitingForEventId, Map<String, ?> input);

    void stopTask(String taskId);

    /** Whether messages can be read: v1 cannot. */
    default boolean canListMessages() {
        return true;
    }

    /**
     * A page of a task's messages, newest first.
     *
     * @param cursor where the page before ended; null for the first one
     */
    Messages newestMessages(String taskId, int limit, @Nullable String cursor);

    /** The newest messages with those that only say how far the plan is, where the API has them. */
    default Messages newestMessagesWithPlan(String taskId, int limit) {
        return newestMessages(taskId, limit, null);
    }
}
