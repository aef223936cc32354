package org.manusroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.EventBuilder;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SlackStandIn;

/** What counts as the same event, and in what order events show in the task row; on both databases. */
class InboxIT {
    private static final JsonMapper json = new JsonMapper();
    private static final Map<Databases, RunningApplication> applications = new EnumMap<>(Databases.class);

    private static ManusSimulator manus;
    private static SlackStandIn slack;
    private static MailStandIn mail;

    @BeforeAll
    static void start() {
        manus = ManusSimulator.start();
        slack = SlackStandIn.start();
        mail = MailStandIn.start();
        for (Databases database : Databases.values()) {
            applications.put(
                    database,
                    RunningApplication.start(
                            database.fresh(),
                            slack.settings(),
                            mail.settings(),
                            Map.of("manus.webhook.signature", "off")));
        }
    }

    @AfterAll
    static void stop() {
        applications.values().forEach(RunningApplication::close);
        slack.close();
        mail.close();
        manus.close();
    }

    @AfterEach
    void forget() {
        slack.reset();
        mail.reset();
    }

    @ParameterizedTest
    @EnumSource
    void storesOneOfSixtyFourSimultaneousDeliveriesAndRunsEachStepOnce(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        Map<String, Object> event = finish().build();
        int deliveries = 64;
        CyclicBarrier together = new CyclicBarrier(deliveries);
        ExecutorService senders = Executors.newFixedThreadPool(deliveries);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < deliveries; i++) {
            answers.add(senders.submit(() -> {
                together.await();
                return application.post(text(event)).body();
            }));
        }
        List<String> bodies = new ArrayList<>();
        for (Future<String> answer : answers) {
            bodies.add(answer.get());
        }
        senders.shutdown();

        String id = (String) event.get("event_id");
        assertThat(Collections.frequency(bodies, "{\"status\":\"received\",\"event_id\":\"" + id + "\"}"))
                .isEqualTo(1);
        assertThat(Collections.frequency(bodies, "{\"status\":\"already_processed\",\"event_id\":\"" + id + "\"}"))
                .isEqualTo(63);
        awaitDone(application, event);
        assertThat(application.rows("select event_key, attempt from event where event_id = '" + id + "'"))
                .hasSize(1);
        assertThat(slack.posts()).hasSize(1);
        assertThat(mail.mails()).hasSize(1);
        assertThat(application.rows("select messageid from camel_messageprocessed where messageid like '" + id + "/%'"))
                .hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void takesAnotherMeaningUnderAKnownIdAsAnEventOfItsOwn(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        Map<String, Object> ask = manus.event("task_stopped", task)
                .withoutSeconds()
                .reason("ask")
                .message("Which year?")
                .build();
        Map<String, Object> finish = manus.event("task_stopped", task)
                .withoutSeconds()
                .reason("finish")
                .message("Done.")
                .build();
        assertThat(application.post(text(ask)).body()).contains("received");
        awaitDone(application, ask);
        assertThat(application.post(text(finish)).body()).contains("received");
        assertThat(application.post(text(finish)).body()).contains("already_processed");
        assertThat(application.post(text(ask)).body()).contains("already_processed");
        awaitDone(application, finish);

        String id = (String) ask.get("event_id");
        assertThat(application.rows("select event_key, state from event where event_id = '" + id + "' order by id"))
                .satisfiesExactly(
                        first -> assertThat(first).containsEntry("event_key", id),
                        second -> assertThat((String) second.get("event_key")).matches(id + "#[0-9a-f]{12}"));
        assertThat(task(application, task)).containsEntry("status", "finished").containsEntry("message", "Done.");
        assertThat(slack.posts()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void knowsAnEventWhoseBytesButNotItsMeaningChanged(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        Map<String, Object> event =
                finish().attachment("report.pdf", new byte[] {1, 2, 3}).build();
        application.post(text(event));
        awaitDone(application, event);
        Map<String, Object> resigned = manus.resigned(event);
        assertThat(text(resigned)).isNotEqualTo(text(event));
        String pretty = json.writerWithDefaultPrettyPrinter().writeValueAsString(new TreeMap<>(event));

        assertThat(application.post(text(resigned)).body()).contains("already_processed");
        assertThat(application.post(pretty).body()).contains("already_processed");
        assertThat(application.count("select count(*) from event where event_id = '" + event.get("event_id") + "'"))
                .isEqualTo(1);
        assertThat(slack.posts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void keepsAndCountsWhatNobodyHasARouteFor(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        Map<String, Object> newReason =
                manus.event("task_stopped", task).reason("paused").build();
        Map<String, Object> newType = manus.event("task_shared", task).build();
        Map<String, Object> flat =
                manus.event("task_stopped").reason("finish").flat().build();
        for (Map<String, Object> event : List.of(newReason, newType, flat)) {
            assertThat(application.post(text(event)).body()).contains("received");
            awaitDone(application, event);
        }
        assertThat(task(application, task)).containsEntry("status", "running").containsEntry("events", 2L);
        assertThat(slack.posts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void neverTurnsATaskBackWhateverTheOrderOfItsEvents(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        long second = 1_763_506_000L;
        List<Map<String, Object>> late = List.of(
                manus.event("task_stopped", task)
                        .at(second + 30)
                        .reason("finish")
                        .message("Done.")
                        .build(),
                manus.event("task_progress", task)
                        .at(second + 20)
                        .message("Late")
                        .build(),
                manus.event("task_progress", task)
                        .withoutSeconds()
                        .message("Later")
                        .build(),
                manus.event("task_stopped", task)
                        .at(second + 10)
                        .reason("ask")
                        .message("Which?")
                        .build(),
                manus.event("task_created", task)
                        .at(second)
                        .title("Another title")
                        .build());
        for (Map<String, Object> event : late) {
            application.post(text(event));
            awaitDone(application, event);
        }
        assertThat(task(application, task))
                .containsEntry("status", "finished")
                .containsEntry("message", "Done.")
                .containsEntry("title", "Quarterly revenue by region")
                .containsEntry("events", 5L);

        Map<String, Object> followUp = manus.event("task_progress", task)
                .at(second + 60)
                .message("Again")
                .build();
        application.post(text(followUp));
        awaitDone(application, followUp);
        assertThat(task(application, task)).containsEntry("status", "running").containsEntry("events", 6L);
    }

    @ParameterizedTest
    @EnumSource
    void saysHowLongATaskTook(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        long second = 1_763_506_000L;
        Map<String, Object> created =
                manus.event("task_created", task).at(second).build();
        Map<String, Object> finished = manus.event("task_stopped", task)
                .at(second + 192)
                .reason("finish")
                .build();
        for (Map<String, Object> event : List.of(created, finished)) {
            application.post(text(event));
            awaitDone(application, event);
        }
        assertThat(slack.posts())
                .singleElement()
                .satisfies(post -> assertThat(post.blocks().toString()).contains("3 min 12 s"));
    }

    @ParameterizedTest
    @EnumSource
    void storesStructuredOutputAndTextThatDatabasesDislike(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        Map<String, Object> event = manus.event("task_stopped", task)
                .reason("finish")
                .message("nul \0 half \ud83d emoji \ud83d\ude00 '; drop table task; --")
                .structuredOutput(true, Map.of("total", 7), null)
                .build();
        application.post(text(event));
        awaitDone(application, event);
        Map<String, Object> row = task(application, task);
        assertThat(String.valueOf(row.get("message"))).contains("emoji \ud83d\ude00 '; drop table task; --");
        assertThat(json.readTree(String.valueOf(row.get("structured_output")))
                        .at("/value/total")
                        .asInt())
                .isEqualTo(7);
    }

    private static EventBuilder finish() {
        return manus.event("task_stopped").reason("finish").message("All done.");
    }

    private static String taskId() {
        Object detail = manus.event("task_created").build().get("task_detail");
        return (String) ((Map<?, ?>) detail).get("task_id");
    }

    private static String text(Map<String, Object> event) throws Exception {
        return json.writeValueAsString(event);
    }

    private static void awaitDone(RunningApplication application, Map<String, Object> event) {
        String id = (String) event.get("event_id");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(application.rows("select state from event where event_id = '" + id + "'"))
                                .isNotEmpty()
                                .allSatisfy(row -> assertThat(row).containsEntry("state", "done")));
    }

    private static Map<String, Object> task(RunningApplication application, String task) {
        return application
                .rows(
                        "select title, status, message, events, cast(structured_output as varchar(1000)) as structured_output"
                                + " from task where task_id = '" + task + "'")
                .get(0);
    }
}
