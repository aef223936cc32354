package org.manusroutes.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.utils.UUID;
import org.apache.activemq.artemis.utils.UUIDGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.ApiStandIn;
import org.manusroutes.standins.ArtemisBroker;
import org.manusroutes.standins.FileServer;
import org.manusroutes.standins.SftpStandIn;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;

/**
 * {@code sftp-upload}, {@code queue-creates-task} and {@code cron-on-one-node} in one unzipped distribution, whose heap
 * is smaller than a file that it uploads.
 */
class PluggedRecipesIT {
    private static final int LARGE = 200 << 20;

    @TempDir
    private static Path folder;

    private static final SlackStandIn slack = SlackStandIn.start();
    private static final FileServer files = FileServer.start();
    private static final ApiStandIn api = ApiStandIn.start();
    private static Path knownHosts;
    private static SftpStandIn sftp;
    private static ArtemisBroker broker;
    private static Recipe recipe;

    @BeforeAll
    static void start() throws Exception {
        sftp = SftpStandIn.start(Files.createDirectory(folder.resolve("sftp")));
        knownHosts = Files.writeString(folder.resolve("known_hosts"), sftp.impostor());
        broker = new ArtemisBroker(folder.resolve("broker")).start();
        slack.answerNext(1, SlackStandIn.Answer.status(500, "not now"));
        Map<String, Object> settings = new HashMap<>(Map.of(
                "acme.sftp.host", "127.0.0.1",
                "acme.sftp.port", sftp.port(),
                "acme.sftp.user", "manus",
                "acme.sftp.password", sftp.password(),
                "acme.sftp.directory", "inbox",
                "acme.sftp.known-hosts", knownHosts,
                "manus.attachments.bucket", "sftp",
                "java.opts", "-XX:TieredStopAtLevel=1 -Xmx160m"));
        settings.putAll(Map.of(
                "acme.artemis.url", "tcp://" + broker.authority(),
                "acme.artemis.user", "manus",
                "acme.artemis.password", "secret",
                "acme.morning.cron", "* * * * * ?",
                "acme.morning.time-zone", noon(),
                "manus.api.key", "sk-of-a-test",
                "manus.api.base-url", api.url("")));
        settings.putAll(slack.settings());
        settings.putAll(files.settings());
        settings.putAll(Databases.POSTGRESQL.fresh());
        recipe = Recipe.follow(
                folder,
                "sftp-upload queue-creates-task cron-on-one-node",
                settings,
                "sftp",
                "quartz",
                "jms",
                "org.apache.activemq:artemis-jakarta-client");
        recipe.assertSound();
        recipe.start();
    }

    @AfterAll
    static void stop() throws Exception {
        recipe.close();
        broker.close();
        sftp.close();
        api.close();
        files.close();
        slack.close();
    }

    @Test
    void uploadsFilesOfAnySizeToTheServerThatIsKnown() throws Exception {
        recipe.post(event("t1", "report one.bin", LARGE));
        recipe.awaitSaid("upload-file failed: ");
        assertThat(sftp.files()).as("to one with another key nothing goes").isEmpty();
        Files.writeString(knownHosts, sftp.knownHost());
        recipe.awaitDone(1);
        assertThat(sftp.files()).containsExactly("inbox/manus/t1/t1/01-report_one.bin");
        assertThat(folder.resolve("sftp/inbox/manus/t1/t1/01-report_one.bin")).hasSize(LARGE);
        recipe.finish("without-files");
        recipe.awaitDone(2);
        assertThat(sftp.files()).hasSize(1);
    }

    private static String event(String id, String name, long size) throws Exception {
        Map<String, Object> file = Map.of("file_name", name, "url", files.file(id, size), "size_bytes", size);
        return new JsonMapper()
                .writeValueAsString(Map.of(
                        "event_id",
                        id,
                        "event_type",
                        "task_stopped",
                        "task_detail",
                        Map.of("task_id", id, "stop_reason", "finish", "attachments", List.of(file))));
    }

    @Test
    void createsATaskForEachMessage() throws Exception {
        String path = "/v2/task.create";
        UUID id = UUIDGenerator.getInstance().generateUUID();
        api.answerNext(path, 200, "{\"ok\":false,\"error\":{\"code\":\"internal\"}}");
        for (int task = 1; task <= 3; task++) {
            api.answerNext(path, 200, "{\"ok\":true,\"task_id\":\"made-%d\"}".formatted(task));
        }
        broker.send("manus.prompts", "Say \"hé😀\"\n${body}", id);
        recipe.awaitSaid("created task made-1");
        assertThat(api.requests(path)).hasSize(2).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.header("x-manus-api-key")).isEqualTo("sk-of-a-test");
            assertThat(request.json().toString())
                    .isEqualTo("{\"message\":{\"content\":\"Say \\\"hé😀\\\"\\n${body}\"}}");
        });
        broker.send("manus.prompts", "The same once more", id);
        broker.send("manus.prompts", "Without an id");
        broker.send("manus.prompts", "Without an id");
        recipe.awaitSaid("created task made-3");
        await().until(() -> broker.waiting("manus.prompts") == 0);
        assertThat(api.requests(path)).hasSize(4);
    }

    @Test
    void saysOnceADayHowManyTasksThereAreThoughTheFirstTryFails() throws Exception {
        Bounded.untilExactly(1, PluggedRecipesIT::morningLines);
        assertThat(slack.requests()).isGreaterThan(1);
        await().during(Duration.ofSeconds(3)).until(() -> morningLines() == 1);
    }

    /** Where it is about noon, so that no day ends meanwhile. */
    private static String noon() {
        return "Etc/GMT%+d".formatted(OffsetDateTime.now(ZoneOffset.UTC).getHour() - 12);
    }

    private static long morningLines() {
        return slack.posts().stream()
                .filter(post ->
                        post.text().matches("Since the last working day: \\d+ tasks finished, \\d+ wait for an answer"))
                .count();
    }
}
