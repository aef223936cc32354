package org.manusroutes.manus;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.RetryLater;

/** Finds a fresh URL for a file whose signed one has expired (docs/manus-api.md, Attachments). */
public final class TaskFiles {
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 25;
    // the API's limits are per minute, and it sends no Retry-After
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final Duration JITTER = Duration.ofSeconds(30);

    private final @Nullable ManusApi manusApi;
    private final RandomGenerator random;

    TaskFiles(@Nullable ManusApi manusApi, RandomGenerator random) {
        this.manusApi = manusApi;
        this.random = random;
    }

    /**
     * URL of the newest file of that name that the task's assistant attached.
     *
     * @throws IllegalStateException when no key is set, or the task has no such file
     * @throws RetryLater when the API asks for patience, or does not know the task yet
     * @throws ManusApiException when the API refuses otherwise
     */
    public String urlOf(String taskId, String fileName) {
        if (manusApi == null) {
            throw new IllegalStateException(fileName + " of task " + taskId
                    + ": its URL has expired, and without manus.api.key no fresh one can be asked for");
        }
        try {
            return search(manusApi, taskId, fileName)
                    .orElseThrow(() -> new IllegalStateException(fileName + " of task " + taskId
                            + ": its URL has expired, and the task lists no such file"));
        } catch (ManusApiException refusal) {
            if (refusal.isRateLimited() || refusal.isNotFound()) {
                throw new RetryLater(
                        fileName + " of task " + taskId + ": no fresh URL now: " + refusal.getMessage(),
                        pause(),
                        refusal);
            }
            throw refusal;
        }
    }

    private static Optional<String> search(ManusApi api, String taskId, String fileName) {
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Messages messages = api.newestMessages(taskId, PAGE, cursor);
            Optional<String> url = messages.ofAssistant()
                    .flatMap(message -> message.attachments().stream())
                    .filter(file -> fileName.equals(file.filename()))
                    .flatMap(file -> Optional.ofNullable(file.url()).stream())
                    .findFirst();
            cursor = messages.nextCursor();
            if (url.isPresent() || !messages.hasMore() || cursor == null) {
                return url;
            }
        }
        return Optional.empty();
    }

    private Duration pause() {
        return PAUSE.plusMillis(random.nextLong(JITTER.toMillis() + 1));
    }
}
