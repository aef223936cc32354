package org.manusroutes.manus;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a message has arrived at a task: the API has no idempotency key, so whoever does not know the outcome of
 * {@link ManusApi#sendMessage} looks here before it is said again.
 */
public final class SentMessages {
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 10;

    /** By which Manus's clock and ours may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private SentMessages() {}

    /**
     * Whether somebody has said exactly this to the task since then. Who did, nobody can tell: the same words from
     * another place count too. A message that is still on its way is not seen, so give it some seconds.
     *
     * @param since by this node's clock; two minutes before it count too
     * @throws ManusApiException as the API does
     */
    public static boolean arrived(ManusApi api, String taskId, String content, Instant since) {
        long oldest = since.minus(CLOCKS).toEpochMilli();
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Messages messages = api.newestMessages(taskId, PAGE, cursor);
            for (Messages.Message message : messages.messages()) {
                if (message.timestamp() < oldest) {
                    return false;
                }
                if (message.userMessage() != null
                        && message.userMessage().text().equals(content)) {
                    return true;
                }
            }
            cursor = messages.nextCursor();
            if (!messages.hasMore() || cursor == null) {
                return false;
            }
        }
        return false;
    }
}
