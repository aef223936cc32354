package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.bundle.live.MoodyComponent.Mood;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** Routes that are good and do not start: the door opens and stores, and they are tried again. */
@ExtendWith(OutputCaptureExtension.class)
class StartsThatFailIT {
    private static final String PROGRESS = """
            {"event_id": "%s", "event_type": "task_progress", "progress_detail": {"task_id": "t", "message": "m"}}""";

    private final Map<String, Object> database = Databases.H2.fresh();

    @TempDir
    private Path folder;

    @BeforeEach
    void shipped() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
    }

    @AfterEach
    void calm() {
        MoodyComponent.mood = Mood.THERE;
    }

    private RunningApplication start() {
        return RunningApplication.start(
                database, Map.of("manus.webhook.signature", "off", "manus.routes.directory", folder));
    }

    private void readAQueue() throws IOException {
        Files.writeString(folder.resolve("from-a-queue.camel.yaml"), MoodyComponent.FROM_A_QUEUE);
    }

    private void sendToAQueue() throws IOException {
        Path file = folder.resolve("task-progress.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("      steps:\n", """
                      steps:
                        - to:
                            uri: moody:out
                """.indent(0)));
    }

    @ParameterizedTest
    @EnumSource(names = {"AWAY", "HANGING"})
    void keepTheirVersionPendingWhenTheyWereSavedLive(Mood mood, CapturedOutput output) throws Exception {
        try (RunningApplication application = start()) {
            MoodyComponent.mood = mood;
            readAQueue();
            await().until(() -> application.get("/actuator/health/routes").contains("pending"));
            assertThat(application.get("/actuator/health/routes"))
                    .contains("\"version\":1", "from-a-queue.camel.yaml", "good, but does not start");
            deliver(application, "one");
            Bounded.untilExactly(
                    1, () -> application.count("select count(*) from event where event_type = 'routes_refused'"));
            MoodyComponent.mood = Mood.THERE;
            await().until(() -> application.bean(GuardedReload.class).running().number() == 2);
            assertThat(application.get("/actuator/health/routes")).doesNotContain("pending");
            assertThat(output.getAll().split("DO NOT START", -1)).hasSize(2);
            assertThat(output).doesNotContain("\tat org.apache.camel");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BROKEN", "HANGING"})
    void neitherKeepTheDoorClosedNorOtherRoutesFromRunningWhenTheyRanBefore(Mood mood, CapturedOutput output)
            throws Exception {
        readAQueue();
        sendToAQueue();
        start().close();
        MoodyComponent.mood = mood;
        try (RunningApplication application = start()) {
            assertThat(application.bean(GuardedReload.class).running().number()).isEqualTo(1);
            assertThat(application.post(PROGRESS.formatted("one")).statusCode()).isEqualTo(200);
            await().until(() -> application.get("/actuator/health/routes").contains("pending"));
            application.post("{\"event_id\": \"two\", \"event_type\": \"task_created\"}");
            await().until(() ->
                    application.count("select count(*) from event where event_id = 'two' and state = 'done'") == 1);
            assertThat(application.count("select count(*) from event where event_id = 'one' and state = 'done'"))
                    .isZero();
            MoodyComponent.mood = Mood.THERE;
            await().until(() -> !application.get("/actuator/health/routes").contains("pending"));
            assertThat(output).contains("All routes of version 1 are running now");
            if (mood != Mood.HANGING) { // there, the attempt hangs with the connection
                await().until(() ->
                        application.count("select count(*) from event where event_id = 'one' and state = 'done'") == 1);
            }
            assertThat(output).doesNotContain("\tat org.apache.camel");
        }
    }

    @Test
    void leaveEventsWaitingWhenNothingElseIsKnown() throws Exception {
        readAQueue();
        sendToAQueue();
        MoodyComponent.mood = Mood.AWAY;
        try (RunningApplication application = start()) {
            assertThat(application.post(PROGRESS.formatted("one")).statusCode()).isEqualTo(200);
            await().until(() -> application.get("/actuator/health/routes").contains("pending"));
            assertThat(application.get("/actuator/health/routes")).contains("DOWN");
            assertThat(application.count("select count(*) from event where state = 'waiting' and attempt = 0"))
                    .isGreaterThan(0);
            MoodyComponent.mood = Mood.THERE;
            await().until(() ->
                    application.count("select count(*) from event where event_id = 'one' and state = 'done'") == 1);
            assertThat(application.get("/actuator/health/routes")).contains("UP");
        }
    }

    @Test
    void letTheLastVersionRunThatStartsAfterAnEditThatWasPending(CapturedOutput output) throws Exception {
        start().close();
        sendToAQueue();
        readAQueue();
        MoodyComponent.mood = Mood.AWAY;
        try (RunningApplication application = start()) {
            assertThat(application.get("/actuator/health/routes"))
                    .contains("pending", "\"version\":1", "UP", "refused the connection");
            deliver(application, "one");
            assertThat(output).contains("DO NOT START; version 1 keeps running, without this edit");
        }
    }

    private static void deliver(RunningApplication application, String id) throws Exception {
        assertThat(application.post(PROGRESS.formatted(id)).statusCode()).isEqualTo(200);
        await().until(() ->
                application.count("select count(*) from event where event_id = '" + id + "' and state = 'done'") == 1);
    }
}
