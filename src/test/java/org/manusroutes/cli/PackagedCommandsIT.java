package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.support.Databases;
import org.manusroutes.support.DistributionTest;

/** The commands of the packaged jar, as processes of their own, beside a server and without one. */
class PackagedCommandsIT extends DistributionTest {
    private static final Map<String, Object> UNSIGNED = Map.of("manus.webhook.signature", "off");

    @Test
    void sendsASignedEventByHand() throws Exception {
        String publicUrl = "https://hooks.example.org/webhooks/manus";
        try (ManusSimulator manus = ManusSimulator.start()) {
            Path event = Files.writeString(folder.resolve("event.json"), finish("by-hand"));
            Path key = Files.writeString(folder.resolve("key.pem"), manus.privateKeyPem());
            distribution
                    .start(Map.of(
                            "manus.webhook.public-url",
                            publicUrl,
                            "manus.webhook.public-key",
                            manus.publicKeyPem().replace("\n", "\\n")))
                    .awaitReady();
            String[] send = {
                "event",
                "send",
                "--file",
                event.toString(),
                "--url",
                distribution.webhook().toString(),
                "--public-url",
                publicUrl,
                "--private-key",
                key.toString()
            };
            assertThat(distribution.command(Map.of(), send)).startsWith("0 200 {\"status\":\"received\"");
            assertThat(distribution.command(Map.of(), send)).startsWith("0 200 {\"status\":\"already_processed\"");
            assertThat(distribution.command(Map.of(), "--help"))
                    .startsWith("0 ")
                    .contains("webhook", "task", "event");
            assertThat(distribution.command(Map.of(), "evnt")).startsWith("2 ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void replaysAndForgetsByCommandWhetherTheServerRunsOrNot(Databases database) throws Exception {
        Map<String, Object> settings = settings(database);
        String[] replay = {"event", "replay", "again", "--steps", "all", "--yes"};
        distribution.start(UNSIGNED, settings, slack.settings()).awaitReady();
        distribution.post(finish("again"));
        awaitDoneWithPosts(settings, 1);
        assertThat(distribution.command(settings, replay)).startsWith("0 Run again: 1");
        awaitDoneWithPosts(settings, 2);
        distribution.terminate();
        distribution.awaitEnd();

        assertThat(distribution.command(settings, replay)).startsWith("0 Run again: 1");
        assertThat(distribution.command(settings, "event", "list"))
                .contains("waiting")
                .doesNotContain("done");
        assertThat(distribution.command(settings, "event", "list", "--format", "json"))
                .startsWith("0 [ {")
                .contains("\"event_key\" : \"again\"", "\"state\" : \"waiting\"")
                .containsPattern("\"received_at\" : \"20[0-9TZ:.-]+\"");
        assertThat(distribution.command(settings, "event", "show", "again", "--format", "json"))
                .startsWith("0 {")
                .contains("\"attempts\"", "\"steps_done\" : [ ]")
                .containsPattern("\"started_at\" : \"20[0-9TZ:.-]+\"");
        distribution.start(UNSIGNED, settings, slack.settings()).awaitReady();
        awaitDoneWithPosts(settings, 3);
        assertThat(distribution.command(settings, "event", "purge", "--older-than", "1h", "--yes"))
                .startsWith("0 forgot 0 events");
        distribution.terminate();
        distribution.awaitEnd();
        assertThat(distribution.command(settings, "event", "purge", "--older-than", "1ms", "--yes"))
                .startsWith("0 forgot 1 events");
        assertThat(distribution.command(settings, "event", "list"))
                .startsWith("0 no such events")
                .contains("looked in the database jdbc:")
                .doesNotContain("?", ";");
        assertThat(distribution.command(settings, "event", "show", "again"))
                .startsWith("1 no event has the key again: see event list")
                .contains("looked in the database jdbc:");
    }

    /** Asks within this JVM, which is quicker than a process for each look. */
    private void awaitDoneWithPosts(Map<String, Object> settings, int posts) {
        await().untilAsserted(() -> {
            assertThat(slack.posts()).hasSize(posts);
            assertThat(CommandRun.said(settings, "event", "list", "--state", "done"))
                    .contains("again");
        });
    }

    /** Started in another folder, without the server's environment, or before the server has ever run. */
    @ParameterizedTest
    @ValueSource(strings = {"event list", "event purge --yes", "routes list", "routes try --last 1"})
    void makesNoDatabaseWhereItsSettingsPoint(String command) throws Exception {
        Path data = distribution.folder().resolve("data");
        assertThat(distribution.command(Map.of(), command.split(" ")))
                .startsWith("1 the database jdbc:h2:file:./data/manus (in the folder " + data + ") is not there");
        assertThat(data).doesNotExist();
    }

    @Test
    void knowsTheComponentManus() throws Exception {
        Path route = distribution.folder().resolve("routes/task-progress.camel.yaml");
        String shipped = Files.readString(route);
        Files.writeString(route, shipped + "        - to: {id: t, description: d, uri: manus:creatTask}\n");
        assertThat(distribution.command(Map.of("manus.api.key", "k"), "routes", "check"))
                .startsWith("1 ")
                .contains("task-progress.camel.yaml:16:44: 'operation' is one of createTask, sendMessage, stopTask,"
                        + " task, messages, not 'creatTask' (did you mean 'createTask'?)");
        Files.writeString(route, shipped + """
                - setBody: {expression: {simple: {expression: "Look at ${variable.eventId}"}}}
                - to: {id: made, description: d, uri: manus:createTask}
                """.indent(8));
        Path event = Files.writeString(folder.resolve("event.json"), """
                {"event_id": "e1", "event_type": "task_progress", "progress_detail": {"task_id": "t1"}}""");
        assertThat(distribution.command(Map.of(), "routes", "try", "--event", event.toString()))
                .startsWith("0 ")
                .contains("createTask, under the key e1/made", "prompt: Look at e1");
    }

    @Test
    void checksTheRoutes() throws Exception {
        assertThat(distribution.command(Map.of(), "routes", "check")).isEqualTo("0 no problems in 20 files\n");
        Path route = distribution.folder().resolve("routes/task-asks.camel.yaml");
        Files.writeString(route, Files.readString(route).replace("name: send-mail", "name: send-male"));
        assertThat(distribution.command(Map.of(), "routes", "check"))
                .startsWith("1 ")
                .contains(
                        "task-asks.camel.yaml:49:27: no route listens on direct:send-male (did you mean 'send-mail'?)");
    }
}
