package org.manusroutes.manus.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.manus.CreatedTask;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.Messages;
import org.manusroutes.manus.Task;
import org.manusroutes.manus.TaskPage;

/**
 * Looks for a task that may have been created, though its answer was lost. The API lists no key of ours: it is a task
 * of the time of the call that belongs to no other key, and whose first message is the prompt. So a task that somebody
 * else created in these minutes with the very same prompt is taken for it, and one is not found when the clocks of
 * Manus and of the database differ by more than two minutes.
 */
final class LostTasks {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 20;
    private static final int MESSAGES = 200;
    private static final int MOST_PAGES_OF_MESSAGES = 10;

    /** By which the clocks may differ, and how long after the call a task may still come into being. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private final ManusApi api;
    private final CreatedTasks table;

    LostTasks(ManusApi api, CreatedTasks table) {
        this.api = api;
        this.table = table;
    }

    /**
     * The oldest that it can be.
     *
     * @param promptSha256 of the prompt that was sent, as {@link CreatedTasks#digest}
     * @param first when it was sent first
     * @param last when it was sent last
     * @throws PermanentFailure when so many tasks have come since then that it cannot be told
     * @throws org.manusroutes.manus.ManusApiException as the API does
     */
    Optional<CreatedTask> find(String promptSha256, Instant first, Instant last) {
        long from = first.minus(CLOCKS).getEpochSecond();
        long to = last.plus(CLOCKS).getEpochSecond();
        Task found = null;
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            TaskPage tasks = api.newestTasks(PAGE, cursor);
            List<Task> possible = tasks.data().stream()
                    .filter(task -> created(task, from) >= from && created(task, from) <= to)
                    .toList();
            Set<String> owned = table.owned(possible.stream().map(Task::id).toList());
            for (Task task : possible) {
                if (!owned.contains(task.id()) && promptSha256.equals(firstWords(task.id()))) {
                    found = task;
                }
            }
            cursor = tasks.nextCursor();
            boolean allOlder = tasks.data().stream().allMatch(task -> created(task, from) < from);
            if (allOlder || !tasks.hasMore() || cursor == null) {
                return Optional.ofNullable(found).map(it -> new CreatedTask(it.id(), it.title(), it.taskUrl()));
            }
        }
        throw new PermanentFailure("whether the task was created cannot be told any more, because there are more than "
                + MOST_PAGES * PAGE + " newer ones: look for it at Manus; a replay creates it again");
    }

    /** One without a time may be of any. */
    private static long created(Task task, long otherwise) {
        Long seconds = task.createdSeconds();
        return seconds == null ? otherwise : seconds;
    }

    /** Their digest; null when there are none. */
    private @Nullable String firstWords(String taskId) {
        String words = null;
        String cursor = null;
        for (int page = 0; page < MOST_PAGES_OF_MESSAGES; page++) {
            Messages messages = api.newestMessages(taskId, MESSAGES, cursor);
            for (Messages.Message message : messages.messages()) {
                words = message.userMessage() == null
                        ? words
                        : message.userMessage().text();
            }
            cursor = messages.nextCursor();
            if (!messages.hasMore() || cursor == null) {
                break;
            }
        }
        return words == null ? null : CreatedTasks.digest(words);
    }
}
