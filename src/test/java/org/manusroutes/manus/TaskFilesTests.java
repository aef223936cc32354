package org.manusroutes.manus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.attachments.Attachment;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.manus.ManusApiProperties.Version;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.support.Http;

class TaskFilesTests {
    private ManusSimulator manus;
    private TaskFiles taskFiles;
    private SimulatedTask task;

    @BeforeEach
    void start() {
        manus = ManusSimulator.start();
        taskFiles = new TaskFiles(
                ManusApiClient.connect(new ManusApiProperties(
                        String.valueOf(manus.settings().get("manus.api.key")),
                        URI.create(manus.baseUrl()),
                        Version.V2,
                        3)),
                new SplittableRandom(1));
        task = manus.sampleTask(SampleTask.FILES);
        await().until(() -> task.status().equals("stopped"));
    }

    @AfterEach
    void stop() {
        manus.close();
    }

    @Test
    void findsAUrlThatWorksAfterTheOldOneExpired() throws IOException, InterruptedException {
        String old = taskFiles.urlOf(task.id(), file("revenue-q3.csv"));
        assertThat(status(old)).isEqualTo(200);
        manus.expireUrls();
        assertThat(status(old)).isEqualTo(403);

        assertThat(status(taskFiles.urlOf(task.id(), file("revenue-q3.csv")))).isEqualTo(200);
    }

    @Test
    void turnsPagesUntilItFindsThePath() throws IOException {
        try (Pages pages = new Pages(
                page("2", "a.csv", "https://files/newest?Signature=2"),
                page("3", "renamed.csv", "https://mirror/wanted?Signature=2"),
                page(null, "a.csv", "https://files/oldest?Signature=2"))) {
            assertThat(pages.taskFiles().urlOf("t", file("a.csv", "https://files/wanted?Signature=1", 1, 1)))
                    .isEqualTo("https://mirror/wanted?Signature=2");
            assertThat(pages.cursors).containsExactly("first", "2");
        }
    }

    /** Two files of one name, as in an event: each gets its own bytes, or none. */
    @Test
    void findsEachOfTwoNamesakes() throws IOException {
        String twins =
                page(null, "a.csv", "https://files/1?n\"}, {\"filename\": \"a.csv\", \"url\": \"https://files/2?n");
        try (Pages pages = new Pages(twins)) {
            TaskFiles files = pages.taskFiles();

            assertThat(files.urlOf("t", file("a.csv", "https://files/2?old", 1, 2)))
                    .isEqualTo("https://files/2?n");
            assertThat(files.urlOf("t", file("a.csv", "https://files/1?old", 2, 2)))
                    .isEqualTo("https://files/1?n");
            assertThat(files.urlOf("t", file("a.csv", "https://elsewhere/x", 1, 2)))
                    .isEqualTo("https://files/1?n");
            assertThat(files.urlOf("t", file("a.csv", null, 2, 2))).isEqualTo("https://files/2?n");
        }
    }

    @Test
    void takesNoFileThatIsNotCertainlyTheOne() throws IOException {
        try (Pages pages =
                new Pages(page("2", "a.csv", "https://files/newest"), page(null, "a.csv", "https://files/oldest"))) {
            assertThatExceptionOfType(PermanentFailure.class)
                    .isThrownBy(() -> pages.taskFiles().urlOf("t", file("a.csv")))
                    .withMessageContaining(
                            "file 1 (a.csv) of task t: its URL has expired, and which of the task's files")
                    .withMessageContaining("1 in the event, 2 in 2 messages");
        }
        try (Pages pages = new Pages(page(null, "a.csv", "https://files/one"))) {
            assertThatExceptionOfType(PermanentFailure.class)
                    .isThrownBy(() -> pages.taskFiles().urlOf("t", file("a.csv", "https://files/gone", 2, 2)));
        }
    }

    @Test
    void givesUpOnAListThatNeverEnds() throws IOException {
        try (Pages pages = new Pages(page("again", "other.csv", "https://files/other"))) {
            assertThatIllegalStateException().isThrownBy(() -> pages.taskFiles().urlOf("t", file("a.csv")));
            assertThat(pages.cursors).hasSize(25);
        }
    }

    @Test
    void saysThatTheTaskHasNoSuchFile() {
        assertThatIllegalStateException()
                .isThrownBy(() -> taskFiles.urlOf(task.id(), file("no.pdf")))
                .withMessage("file 1 (no.pdf) of task " + task.id()
                        + ": its URL has expired, and the task lists no such file");
    }

    @Test
    void saysThatNothingCanBeAskedWithoutAKey() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new TaskFiles(null, new SplittableRandom(1)).urlOf("t1", file("a.csv")))
                .withMessage("file 1 (a.csv) of task t1: its URL has expired,"
                        + " and without manus.api.key no fresh one can be asked for");
    }

    @Test
    void comesBackAMinuteLaterWhenThereAreTooManyCalls() {
        manus.limitNext(1);

        assertThatExceptionOfType(RetryLater.class)
                .isThrownBy(() -> taskFiles.urlOf(task.id(), file("revenue-q3.csv")))
                .withMessageContaining("429 rate_limited")
                .satisfies(later -> assertThat(later.delay()).isBetween(seconds(60), seconds(90)));
    }

    @Test
    void comesBackAMinuteLaterWhenTheTaskIsNotListedYet() {
        manus.hideMessages(1);

        assertThatExceptionOfType(RetryLater.class)
                .isThrownBy(() -> taskFiles.urlOf(task.id(), file("revenue-q3.csv")))
                .satisfies(later -> assertThat(later.delay()).isBetween(seconds(60), seconds(90)));
    }

    private static Attachment file(String name) {
        return file(name, null, 1, 1);
    }

    private static Attachment file(String name, @Nullable String url, int place, int namesakes) {
        return new Attachment("t", "e", place, place, namesakes, name, url, null);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static int status(String url) throws IOException, InterruptedException {
        return Http.send(Http.request(URI.create(url))).statusCode();
    }

    private static String page(@Nullable String next, String file, String url) {
        return """
                {"ok": true, "has_more": %s, "next_cursor": %s, "messages": [
                  {"type": "status_update", "timestamp": 2, "status_update": {"brief": "Done"}},
                  {"type": "assistant_message", "timestamp": 1, "assistant_message":
                    {"content": "here", "attachments": [{"type": "file", "filename": "%s", "url": "%s"}]}}]}""".formatted(next != null, next == null ? "null" : '"' + next + '"', file, url);
    }

    /** An API that answers with these pages in their order, the last one again and again. */
    private static final class Pages implements AutoCloseable {
        private final List<String> cursors = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Pages(String... pages) throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/v2/task.listMessages", exchange -> {
                String query = exchange.getRequestURI().getQuery();
                int cursor = query.indexOf("cursor=");
                cursors.add(cursor < 0 ? "first" : query.substring(cursor + "cursor=".length()));
                byte[] page = pages[Math.min(cursors.size(), pages.length) - 1].getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            server.start();
        }

        TaskFiles taskFiles() {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            return new TaskFiles(
                    ManusApiClient.connect(new ManusApiProperties("k", url, Version.V2, 3)), new SplittableRandom(1));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
