package org.manusroutes.manus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.manusroutes.attachments.Attachment;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.manus.Messages.AttachedFile;

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
     * A fresh URL of a file that the task's assistant attached: of the one whose old URL has the same path, else of the
     * one that has its name and its place among those of the name. A task may attach another file of the same name
     * each time it stops, so a name alone is not enough where several messages have it.
     *
     * @throws IllegalStateException when no key is set, or the task has no such file
     * @throws PermanentFailure when several files of the task could be it
     * @throws RetryLater when the API asks for patience, or does not know the task yet
     * @throws ManusApiException when the API refuses otherwise
     */
    public String urlOf(String taskId, Attachment file) {
        String what = file.label() + " of task " + taskId + ": its URL has expired, and ";
        if (manusApi == null) {
            throw new IllegalStateException(what + "without manus.api.key no fresh one can be asked for");
        }
        Listed listed;
        try {
            listed = Listed.of(manusApi, taskId, file);
        } catch (ManusApiException refusal) {
            if (refusal.isRateLimited() || refusal.isNotFound()) {
                throw new RetryLater(
                        file.label() + " of task " + taskId + ": no fresh URL now: " + refusal.getMessage(),
                        pause(),
                        refusal);
            }
            throw refusal;
        }
        if (listed.samePath() != null) {
            return listed.samePath();
        }
        List<List<String>> namesakes = listed.sameName();
        if (namesakes.isEmpty()) {
            throw new IllegalStateException(what + "the task lists no such file");
        }
        List<String> urls = namesakes.get(0);
        if (namesakes.size() > 1 || urls.size() != file.namesakes()) {
            throw new PermanentFailure(what + "which of the task's files of this name it is, is not certain: "
                    + file.namesakes() + " in the event, "
                    + namesakes.stream().mapToInt(List::size).sum() + " in " + namesakes.size()
                    + " messages of the task");
        }
        return urls.get(file.place() - 1);
    }

    /**
     * What a task lists that could be the file.
     *
     * @param samePath the URL whose path is the old one's; null when there is none
     * @param sameName the URLs of the files of its name, by message, the newest first
     */
    private record Listed(@Nullable String samePath, List<List<String>> sameName) {
        static Listed of(ManusApi api, String taskId, Attachment file) {
            List<List<String>> sameName = new ArrayList<>();
            String path = path(file.url());
            String cursor = null;
            for (int page = 0; page < MOST_PAGES; page++) {
                Messages messages = api.newestMessages(taskId, PAGE, cursor);
                for (Messages.AssistantMessage message : messages.ofAssistant().toList()) {
                    List<String> urls = new ArrayList<>();
                    for (AttachedFile attached : message.attachments()) {
                        String url = attached.url();
                        if (url != null && !path.isEmpty() && path(url).equals(path)) {
                            return new Listed(url, List.of());
                        }
                        if (url != null && file.fileName().equals(attached.filename())) {
                            urls.add(url);
                        }
                    }
                    if (!urls.isEmpty()) {
                        sameName.add(urls);
                    }
                }
                cursor = messages.nextCursor();
                if (!messages.hasMore() || cursor == null) {
                    break;
                }
            }
            return new Listed(null, sameName);
        }

        /** Without the host, which may be another mirror, and the query, which is the signature; empty for none. */
        private static String path(@Nullable String url) {
            return url == null
                    ? ""
                    : url.strip().replaceFirst("^[a-zA-Z]+://[^/?#]*", "").replaceFirst("[?#].*", "");
        }
    }

    private Duration pause() {
        return PAUSE.plusMillis(random.nextLong(JITTER.toMillis() + 1));
    }
}
