package org.manusroutes.manus.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.event.EventVariables;
import org.manusroutes.failure.ConfigurationFailure;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.ManusApiProperties.Version;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.support.Databases;

/** What the steps {@code manus:...} of a route do, and what their failures mean. */
class ManusStepsTests {
    private final ManusSimulator manus = ManusSimulator.start();
    private @Nullable ManusRoutes node;

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        manus.close();
    }

    @Test
    void createsATaskWithWhatHeadersAndOptionsSay() throws Exception {
        use("createTask", "title: From the option", "projectId: p1");
        Exchange done = node.send("e1", "Grüße", ManusConstants.TITLE, "From the header");
        SimulatedTask task = manus.tasks().get(0);
        assertThat(done.getMessage().getBody())
                .isEqualTo(Map.of("task_id", task.id(), "task_title", "From the header", "task_url", task.url()));
        assertThat(done.getMessage().getHeaders())
                .containsEntry(ManusConstants.TASK_ID, task.id())
                .containsEntry(ManusConstants.TASK_URL, task.url())
                .containsEntry(ManusConstants.TASK_EXISTED, false)
                .as("what was said of this task is not meant for the next one")
                .doesNotContainKeys(ManusConstants.TITLE, ManusConstants.TASK_KEY);
        assertThat(task.prompt()).isEqualTo("Grüße");
        node.send("e2", new ByteArrayInputStream("Grüße als Bytes".getBytes(StandardCharsets.UTF_8)));
        assertThat(manus.tasks())
                .extracting(SimulatedTask::prompt, SimulatedTask::title)
                .contains(tuple("Grüße als Bytes", "From the option"));
    }

    @Test
    void sendsMessagesAndStopsAndLooks() throws Exception {
        SimulatedTask task = manus.sampleTask(SampleTask.QUESTION);
        use("sendMessage");
        assertThat(node.send("e1", "EUR", ManusConstants.TASK_ID, task.id()).getException())
                .isNull();
        assertThat(task.answers()).containsExactly("EUR");
        use("stopTask", "taskId: " + task.id());
        assertThat(node.send("e1", null).getException()).isNull();
        assertThat(task.status()).isEqualTo("stopped");
        use("task");
        Exchange found = node.send("e1", null, ManusConstants.TASK_ID, task.id());
        assertThat(found.getMessage().getBody(Map.class))
                .containsEntry("id", task.id())
                .containsEntry("status", "stopped")
                .containsEntry("task_url", task.url());
        assertThat(found.getMessage().getHeader(ManusConstants.STATUS)).isEqualTo("stopped");
    }

    @Test
    void readsMessagesPageByPage() throws Exception {
        SimulatedTask task = manus.sampleTask(SampleTask.QUESTION);
        await().until(() -> task.status().equals("waiting"));
        use("messages", "taskId: " + task.id(), "limit: 1");
        List<String> kinds = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Exchange page = node.send("e1", null, ManusConstants.CURSOR, cursor);
            List<?> messages = page.getMessage().getBody(List.class);
            assertThat(messages).hasSize(1);
            kinds.add((String) ((Map<?, ?>) messages.get(0)).get("type"));
            cursor = page.getMessage().getHeader(ManusConstants.CURSOR, String.class);
        }
        assertThat(kinds)
                .containsExactly(
                        "status_update", "assistant_message", "status_update", "status_update", "user_message");
    }

    @Test
    void sendsNoMessageTwiceWhenItsAnswerWasLost() throws Exception {
        SimulatedTask task = manus.sampleTask(SampleTask.QUESTION);
        use("sendMessage", "taskId: " + task.id());
        manus.cutNext(1, true);
        assertThat(node.send("e1", "EUR").getException()).isNull();
        assertThat(task.answers()).containsExactly("EUR");
        manus.cutNext(1, false);
        assertThat(node.send("e2", "USD").getException())
                .isInstanceOf(RetryLater.class)
                .hasMessageContaining("whether the message arrived is not known yet");
        assertThat(again("e2", "USD").getException()).isNull();
        assertThat(again("e2", "USD").getException()).isNull();
        assertThat(task.answers()).containsExactly("EUR", "USD");
    }

    private Exchange again(String eventKey, String body) {
        return node.send(
                Map.of(
                        EventVariables.EVENT_KEY,
                        eventKey,
                        EventVariables.ATTEMPT,
                        2,
                        EventVariables.RECEIVED_AT,
                        Instant.now()),
                body);
    }

    @ParameterizedTest
    @CsvSource({
        "task,        manus:task: the Manus API answered 404",
        "stopTask,    manus:stopTask: the Manus API answered 404",
        "sendMessage, manus:sendMessage: the Manus API answered 404",
    })
    void parksWhatIsAboutATaskThatIsNotThere(String operation, String said) throws Exception {
        use(operation, "taskId: nowhere");
        assertThat(node.send("e1", "Hello").getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith(said);
    }

    @Test
    void parksAStepThatNamesNoTaskOrHasNoWords() throws Exception {
        use("stopTask");
        assertThat(node.send("e1", null).getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("manus:stopTask needs the id of a task: the option 'taskId', or the header"
                        + " CamelManusTaskId");
        use("createTask");
        assertThat(node.send("e1", Map.of("event_id", "e1")).getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("is no text, but a ");
        assertThat(node.send("e1", " \n").getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("is empty");
        assertThat(node.send("", "Without an event").getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("CamelManusTaskKey");
        assertThat(manus.calls()).isEmpty();
    }

    @Test
    void waitsWhenTheLimitsAreUsedUp() throws Exception {
        SimulatedTask task = manus.sampleTask(SampleTask.QUESTION);
        use("task", "taskId: " + task.id());
        manus.limitNext(1);
        assertThat(node.send("e1", null).getException())
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.delay()).hasMinutes(1))
                .isNotInstanceOf(Postponed.class);
    }

    @Test
    void tellsTheOperatorsWhenTheKeyIsWrongOrMissing() throws Exception {
        ManusApi stranger = ManusRoutes.api("sk-wrong", manus.baseUrl(), Version.V2);
        node = new ManusRoutes(stranger, Databases.H2.migrated(), ManusRoutes.step("createTask"));
        assertThat(node.send("e1", "Hello").getException())
                .isInstanceOf(ConfigurationFailure.class)
                .hasMessageContaining("check manus.api.key");
        node.close();
        node = new ManusRoutes(null, Databases.H2.migrated(), ManusRoutes.step("createTask"));
        assertThat(node.send("e1", "Hello").getException())
                .isInstanceOf(ConfigurationFailure.class)
                .hasMessageContaining("manus.api.key is not set");
    }

    @Test
    void triesAgainWhenTheApiIsAway() throws Exception {
        use("task", "taskId: t1");
        manus.close();
        assertThat(node.send("e1", null).getException())
                .isInstanceOfSatisfying(
                        ManusApiException.class,
                        away -> assertThat(away.isPassing()).isTrue());
    }

    @Test
    void beginsNoRoute() {
        String yaml = """
                - route:
                    from:
                      uri: manus:task
                      steps:
                        - stop: {}
                """;
        assertThatThrownBy(() -> new ManusRoutes(ManusRoutes.api(manus), Databases.H2.migrated(), yaml))
                .hasStackTraceContaining("what Manus tells comes by the webhook, to the route dispatch-event");
    }

    private void use(String operation, String... options) throws Exception {
        if (node != null) {
            node.close();
        }
        node = new ManusRoutes(ManusRoutes.api(manus), Databases.H2.migrated(), ManusRoutes.step(operation, options));
    }
}
