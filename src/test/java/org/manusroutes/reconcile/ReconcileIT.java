package org.manusroutes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.DeliveryFaults;
import org.manusroutes.standins.HeldPort;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** The whole application, to which nothing is delivered. */
class ReconcileIT {
    private final ManusSimulator manus = ManusSimulator.start();
    private final SlackStandIn slack = SlackStandIn.start();
    private final HeldPort port = HeldPort.take();
    private final String url = "http://127.0.0.1:" + port.number() + "/webhooks/manus";

    @AfterEach
    void close() {
        manus.close();
        slack.close();
        port.close();
    }

    private RunningApplication start(Map<String, Object> database, boolean keepRegistered) {
        return RunningApplication.start(
                database,
                manus.settings(),
                slack.settings(),
                Map.of(
                        "server.port",
                        port.number(),
                        "manus.webhook.public-url",
                        url,
                        "manus.api.reconcile-every",
                        "2s",
                        "manus.api.missed-after",
                        "1s",
                        "manus.api.keep-registered",
                        keepRegistered));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void learnsOfEveryStopAndKeepsItsRegistration(Databases database) {
        manus.deliver(new DeliveryFaults(1, 1, 0, 0, Duration.ZERO));
        try (RunningApplication application = start(database.fresh(), true)) {
            await().until(() -> states().equals(List.of("active")));
            manus.deactivate(String.valueOf(manus.registrations().get(0).get("id")));
            await().until(() -> states().equals(List.of("active")));

            SimulatedTask question = manus.sampleTask(SampleTask.QUESTION);
            SimulatedTask failure = manus.sampleTask(SampleTask.FAILS);
            await().until(() -> status(application, question).equals("waiting"));
            await().until(() -> status(application, failure).equals("error"));
            await().until(() -> application.get("/actuator/health").contains("\"registration\":{\"status\":\"UP\"}"));
            await().untilAsserted(() -> assertThat(slack.posts())
                    .extracting(post -> post.text())
                    .anyMatch(text -> text.startsWith("Manus needs your answer: " + question.title()))
                    .anyMatch(text -> text.startsWith("Task failed: " + failure.title())));
            assertThat(slack.posts()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void tellsTheOperatorsOnceThatNothingIsDelivered(Databases database) {
        Map<String, Object> settings = database.fresh();
        try (RunningApplication application = start(settings, false)) {
            await().untilAsserted(() -> assertThat(slack.posts())
                    .extracting(post -> post.text())
                    .singleElement()
                    .satisfies(text -> assertThat(text).startsWith("Manus does not deliver to this receiver")));
            assertThat(application.command("event", "list")).contains("webhook_unregistered");
            await().until(() -> application.get("/actuator/health").contains("the URL is not registered"));
            assertThat(states()).isEmpty();
        }
        try (RunningApplication again = start(settings, false)) {
            manus.register(url);
            await().until(() -> again.get("/actuator/health").contains("\"registration\":{\"status\":\"UP\"}"));
            assertThat(slack.posts()).hasSize(1);
        }
    }

    private List<String> states() {
        return manus.registrations().stream()
                .map(webhook -> String.valueOf(webhook.get("status")))
                .toList();
    }

    private static String status(RunningApplication application, SimulatedTask task) {
        return application.rows("select status from task where task_id = '" + task.id() + "'").stream()
                .map(row -> String.valueOf(row.get("status")))
                .findFirst()
                .orElse("");
    }
}
