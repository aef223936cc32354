package org.manusroutes.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.support.BothDatabasesTest;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** What the task row shows, whatever the order of its events; on both databases. */
class TaskRowIT extends BothDatabasesTest {
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
        assertThat(slack.posts())
                .extracting(post -> post.text())
                .as("a stop is told, whatever its reason")
                .containsExactlyInAnyOrder("Task stopped: paused: Quarterly revenue by region", "Task stopped");
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
        process(application, late);
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
    void knowsOfAStopThatCameLate(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        long second = 1_763_506_000L;
        process(
                application,
                List.of(
                        manus.event("task_progress", task).at(second + 20).build(),
                        manus.event("task_stopped", task)
                                .at(second)
                                .reason("ask")
                                .build()));
        assertThat(task(application, task)).containsEntry("status", "running");
        assertThat(application.rows("select stopped_at from task where task_id = '" + task + "'"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("stopped_at")).isNotNull());
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
        process(application, List.of(created, finished));
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

    @ParameterizedTest
    @EnumSource
    void keepsTheDigitsOfStructuredOutput(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        Map<String, Object> event = manus.event("task_stopped", task)
                .reason("finish")
                .structuredOutput(true, Map.of("total", "NUMBERS"), null)
                .build();
        String numbers = "[1E+999,12345678901234567.89,1E-400,1.10,1234567890123456789012345678901234567890]";
        application.post(text(event).replace("\"NUMBERS\"", numbers));
        awaitDone(application, event);
        assertThat(String.valueOf(task(application, task).get("structured_output")))
                .contains("\"total\":" + numbers);
    }

    @ParameterizedTest
    @EnumSource
    void takesTheFirstEventsOfATaskAtTheSameMoment(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        List<String> tasks =
                Stream.generate(BothDatabasesTest::taskId).limit(15).toList();
        List<String> events = new ArrayList<>();
        for (String task : tasks) {
            for (int second = 0; second < 8; second++) {
                events.add(text(manus.event("task_progress", task)
                        .at(1_763_506_000L + second)
                        .message("Step " + second)
                        .build()));
            }
        }
        String ofTheTasks = " where task_id in ('" + String.join("', '", tasks) + "')";
        List<Callable<String>> deliveries = events.stream()
                .<Callable<String>>map(event -> () -> application.post(event).body())
                .toList();
        assertThat(Bounded.callAll(8, deliveries)).hasSize(120).allMatch(answer -> answer.contains("received"));
        await().untilAsserted(() -> assertThat(application.rows(
                        "select state, attempt, count(*) as n from event" + ofTheTasks + " group by 1, 2"))
                .containsExactly(Map.of("state", "done", "attempt", 1, "n", 120L)));
        assertThat(application.rows("select message, events from task" + ofTheTasks))
                .hasSize(15)
                .allSatisfy(row ->
                        assertThat(row).containsEntry("message", "Step 7").containsEntry("events", 8L));
    }
}
