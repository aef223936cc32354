package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.standins.FileServer;
import org.manusroutes.standins.S3StandIn;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The real route file between a file host, S3 and the tables. */
@SpringBootTest(classes = CopyingApplication.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@Timeout(120)
class CopyAttachmentsIT {
    private static final FileServer files = FileServer.start();
    private static final S3StandIn s3 = S3StandIn.start();

    private final String task = "task-" + UUID.randomUUID();
    private final String event = "task_stopped_" + task;
    private final ProducerTemplate producer;
    private final JdbcClient jdbc;
    private final CopyingApplication.FreshUrls freshUrls;

    @Autowired
    CopyAttachmentsIT(ProducerTemplate producer, JdbcClient jdbc, CopyingApplication.FreshUrls freshUrls) {
        this.producer = producer;
        this.jdbc = jdbc;
        this.freshUrls = freshUrls;
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        CopyingApplication.settings(files, s3).forEach((key, value) -> registry.add(key, () -> value));
    }

    @AfterAll
    static void close() {
        s3.close();
        files.close();
    }

    @Test
    void putsEachFileWithItsHashAndRemembersIt() throws Exception {
        Exchange done = copy(
                Map.of("file_name", "Übersicht 1.csv", "url", files.file("a", 70_000), "size_bytes", 70_000),
                Map.of("file_name", "", "url", files.file("b", 0), "size_bytes", "0"));

        assertThat(done.getException()).isNull();
        assertThat(keys()).containsExactly("01-Übersicht_1.csv", "02-file");
        String key = "manus/" + task + "/" + event + "/01-Übersicht_1.csv";
        byte[] content = FileServer.content(70_000);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        assertThat(s3.bytes(key)).isEqualTo(content);
        HeadObjectResponse head = s3.head(key);
        assertThat(head.contentType()).isEqualTo("text/csv");
        assertThat(head.contentDisposition()).isEqualTo("attachment");
        assertThat(head.metadata())
                .isEqualTo(Map.of(
                        "sha256", sha256, "task-id", task, "event-key", event, "file-name", "%C3%9Cbersicht%201.csv"));
        assertThat(rows().get(0))
                .containsEntry("task_id", task)
                .containsEntry("position", 1)
                .containsEntry("file_name", "Übersicht 1.csv")
                .containsEntry("bytes", 70_000L)
                .containsEntry("sha256", sha256)
                .containsEntry("bucket", s3.bucket())
                .containsEntry("object_key", key);
        assertThat(rows()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.html", "a.HTM", "a.svg", "a.xhtml", "a.js", "a.mjs", "a.xml", "a.mht", "a.shtml"})
    void storesNothingThatABrowserRuns(String name) {
        copy(Map.of("file_name", name, "url", files.file("a", 10)));

        HeadObjectResponse head = s3.head("manus/" + task + "/" + event + "/01-" + name);
        assertThat(head.contentType()).isEqualTo("application/octet-stream");
        assertThat(head.contentDisposition()).isEqualTo("attachment");
    }

    @Test
    void copiesTheFirstOfTooManyFilesAndSaysSo() {
        Object[] many = IntStream.rangeClosed(1, 205)
                .mapToObj(n -> n == 201 ? "odd" : Map.of("file_name", n + ".txt", "url", files.file("many", 10)))
                .toArray();

        assertThat(copy(many).getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("The files from number 201 on are not copied: manus.attachments.max-files allows 200"
                        + " in one event");
        assertThat(rows()).hasSize(200);
    }

    @Test
    void doesNotFetchAgainWhatHasBeenCopied() {
        Map<String, Object> file = Map.of("file_name", "a.txt", "url", files.file("once" + task, 10));

        copy(file);
        copy(file);
        jdbc.sql("delete from camel_messageprocessed").update();
        copy(file);

        assertThat(files.requests("once" + task)).hasSize(1);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void copiesTheOthersWhenOneFailsAndOnlyThatOneTheNextTime() {
        String broken = "broken" + task;
        Map<String, Object> first = Map.of("file_name", "1.txt", "url", files.file("first" + task, 10));
        Map<String, Object> second = Map.of("file_name", "2.txt", "url", files.status(broken, 503));
        Map<String, Object> third = Map.of("file_name", "3.txt", "url", files.file("third" + task, 10));

        assertThat(copy(first, second, third).getException()).hasMessageContaining("file 2 (2.txt)");
        assertThat(keys()).containsExactly("01-1.txt", "03-3.txt");

        files.file(broken, 20);
        assertThat(copy(first, second, third).getException()).isNull();
        assertThat(keys()).containsExactly("01-1.txt", "02-2.txt", "03-3.txt");
        assertThat(files.requests("first" + task)).hasSize(1);
        assertThat(files.requests("third" + task)).hasSize(1);
    }

    @Test
    void asksOnceForAFreshUrl() {
        freshUrls.put(task, "a, ${body} \"b\".txt", files.file("fresh" + task, 10));

        Exchange done = copy(Map.of("file_name", "a, ${body} \"b\".txt", "url", files.status("old", 403)));

        assertThat(done.getException()).isNull();
        assertThat(keys()).containsExactly("01-a_body_b.txt");
    }

    @Test
    void asksForTheUrlThatTheEventDoesNotGive() {
        freshUrls.put(task, "a.txt", files.file("fresh" + task, 10));

        assertThat(copy(Map.of("file_name", "a.txt")).getException()).isNull();
        assertThat(keys()).containsExactly("01-a.txt");
    }

    @Test
    void failsWhenTheFreshUrlHasExpiredToo() {
        freshUrls.put(task, "a.txt", files.status("fresh" + task, 403));

        Exchange done = copy(Map.of("file_name", "a.txt", "url", files.status("old", 403)));

        assertThat(done.getException()).isInstanceOf(UrlExpired.class);
        assertThat(files.requests("fresh" + task)).hasSize(1);
    }

    @Test
    void failsWhenThereIsNoFreshUrl() {
        Exchange done = copy(Map.of("file_name", "a.txt", "url", files.status("old", 403)));

        assertThat(done.getException()).hasMessageContaining("no fresh URL");
    }

    @Test
    void parksAFileFromAForbiddenHost() {
        Exchange done = copy(Map.of("file_name", "a.txt", "url", "http://evil.example/a?Signature=secret"));

        assertThat(done.getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("manus.attachments.allowed-hosts")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void finishesWhenS3IsBack() {
        Map<String, Object> file = Map.of("file_name", "a.txt", "url", files.file("a", 10));
        s3.stop();
        try {
            assertThat(copy(file).getException()).isNotNull();
            assertThat(rows()).isEmpty();
        } finally {
            s3.startAgain();
        }

        assertThat(copy(file).getException()).isNull();
        assertThat(keys()).containsExactly("01-a.txt");
    }

    @Test
    void leavesNothingInTheSpoolAndNoHeaderBehind() {
        Exchange done = copy(Map.of("file_name", "a.txt", "url", files.file("a", 10)));

        assertThat(CopyingApplication.spooled()).isEmpty();
        assertThat(done.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void takesOddEntriesAsTheyCome() {
        Exchange done = copy(
                "not an object",
                Map.of("note", "neither name nor url"),
                Map.of("url", files.file("a", 3), "size_bytes", "many"),
                Map.of("url", files.file("a", 3), "size_bytes", 0),
                Map.of("url", files.file("a", 3), "size_bytes", -1));

        assertThat(done.getException()).isNull();
        assertThat(keys()).containsExactly("03-file", "04-file", "05-file");
    }

    private Exchange copy(Object... attachments) {
        return CopyingApplication.copy(producer, task, event, List.of(attachments));
    }

    private List<String> keys() {
        String folder = "manus/" + task + "/" + event + "/";
        return s3.keys().stream()
                .filter(key -> key.startsWith(folder))
                .map(key -> key.substring(folder.length()))
                .toList();
    }

    private List<Map<String, @Nullable Object>> rows() {
        return jdbc.sql("select * from attachment where event_key = ? order by position")
                .param(event)
                .query()
                .listOfRows();
    }

    @Test
    void leavesOneClientToBeFoundByItsType() {
        assertThat(producer.getCamelContext().getRegistry().findByType(S3Client.class))
                .hasSize(1);
    }
}
