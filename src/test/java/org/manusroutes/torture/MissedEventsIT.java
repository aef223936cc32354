package org.manusroutes.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.DeliveryFaults;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.support.Databases;
import org.manusroutes.support.DistributionTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Deliveries are lost, doubled and late, tasks end in errors, and the receiver is killed twice: each task's row is right
 * in the end, each file is there, and people were told once. {@code -Dreconcile.tasks} gives the number of tasks.
 */
class MissedEventsIT extends DistributionTest {
    private static final int TASKS = Integer.getInteger("reconcile.tasks", 60);
    private static final Duration BETWEEN = Duration.ofMillis(120);
    private static final Duration LATENESS = Duration.ofSeconds(TASKS < 100 ? 20 : 40);
    /** With each missed stop a read of its messages, and 80 reads a minute. */
    private static final Duration LONGEST = Duration.ofSeconds(180 + TASKS / 2);

    private final ManusSimulator manus = ManusSimulator.start();
    private final S3StandIn s3 = S3StandIn.start();
    private final DeliveryFaults faults = new DeliveryFaults(19, 0.10, 0.10, 0.05, LATENESS);
    private final Map<String, Object> settings = new HashMap<>(Databases.POSTGRESQL.fresh());
    private final JdbcClient database = JdbcClient.create(
            new DriverManagerDataSource((String) settings.get("spring.datasource.url"), "postgres", ""));
    private final List<SimulatedTask> tasks = new ArrayList<>();
    private final Map<String, SampleTask> kinds = new HashMap<>();

    @AfterEach
    void close() {
        manus.close();
        s3.close();
    }

    @Test
    void missesNoEvent() throws Exception {
        settings.putAll(manus.settings());
        settings.putAll(s3.settings());
        settings.putAll(slack.settings());
        settings.put("manus.webhook.public-url", distribution.webhook());
        settings.put("manus.slack.messages-per-second", 0);
        settings.put("manus.inbox.lease", "5s");
        settings.put("manus.inbox.retry.first-delay", "200ms");
        settings.put("manus.api.reconcile-every", "10s");
        settings.put("manus.api.missed-after", "2s");
        manus.register(distribution.webhook().toString());
        manus.keepLimits(true);
        manus.hideYoungerThan(Duration.ofSeconds(3));
        distribution.start(settings).awaitReady();
        manus.deliver(faults);

        for (int i = 0; i < TASKS; i++) {
            SampleTask kind = i % 33 == 7
                    ? SampleTask.FAILS
                    : List.of(SampleTask.FILES, SampleTask.QUESTION, SampleTask.STRUCTURED_OUTPUT)
                            .get(i % 3);
            SimulatedTask task = manus.sampleTask(kind, "Task number %04d.".formatted(i));
            tasks.add(task);
            kinds.put(task.id(), kind);
            LockSupport.parkNanos(BETWEEN.toNanos());
            if (i == TASKS / 3 || i == 2 * TASKS / 3) {
                distribution.kill();
                distribution.start(settings);
            }
        }
        await().atMost(LONGEST)
                .pollInterval(1, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(wrongRows()).isEmpty());
        await().atMost(LATENESS.multipliedBy(2)).until(() -> faults.onTheirWay() == 0);
        await().until(() -> count("select count(*) from event where state <> 'done'") == 0);
        report();

        assertThat(wrongRows()).isEmpty();
        assertThat(repeatedAlerts()).as("alerts that a kill does not explain").isEmpty();
        assertThat(alerts().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        tasks.stream().map(SimulatedTask::title).toList());
        assertFiles();
        assertThat(manus.mostInAMinute("read")).isLessThanOrEqualTo(100);
        assertThat(manus.mostInAMinute("send")).isZero();
        assertThat(manus.mostInAMinute("write")).isZero();
        assertThat(count("select count(*) from event where source = 'reconcile'"))
                .isPositive();
    }

    private List<String> wrongRows() {
        Map<String, Map<String, Object>> rows = new HashMap<>();
        database.sql("select task_id, title, status, message, structured_output from task")
                .query()
                .listOfRows()
                .forEach(row -> rows.put((String) row.get("task_id"), row));
        return tasks.stream()
                .filter(task -> !isRight(task, rows.getOrDefault(task.id(), Map.of())))
                .map(task -> kinds.get(task.id()) + " " + task.id() + ": " + rows.get(task.id()))
                .toList();
    }

    private boolean isRight(SimulatedTask task, Map<String, Object> row) {
        String message = String.valueOf(row.get("message"));
        return task.title().equals(row.get("title"))
                && switch (kinds.get(task.id())) {
                    case FILES -> "finished".equals(row.get("status")) && message.startsWith("Revenue grew");
                    case QUESTION -> "waiting".equals(row.get("status")) && message.startsWith("Which currency");
                    case STRUCTURED_OUTPUT ->
                        "finished".equals(row.get("status")) && row.get("structured_output") != null;
                    case FAILS -> "error".equals(row.get("status")) && message.startsWith("The sandbox has crashed");
                };
    }

    /** How many alerts each task has, by its title. */
    private Map<String, Long> alerts() {
        return slack.posts().stream()
                .collect(Collectors.groupingBy(
                        post -> post.text().replaceFirst("(?s).*(Task number \\d+\\.).*", "$1"),
                        Collectors.counting()));
    }

    /** Slack may have taken what a node did not live to note: such an event has more than one attempt. */
    private List<String> repeatedAlerts() {
        List<String> repeated = new ArrayList<>();
        alerts().forEach((title, count) -> {
            long explained = database.sql("select coalesce(max(attempt), 1) from event, task"
                            + " where event.task_id = task.task_id and task.title = :title"
                            + " and event.event_type <> 'task_progress'")
                    .param("title", title)
                    .query(Long.class)
                    .single();
            if (count > explained) {
                repeated.add(title + ": " + count + " alerts");
            }
        });
        return repeated;
    }

    private void assertFiles() {
        List<String> withFiles = tasks.stream()
                .map(SimulatedTask::id)
                .filter(id -> kinds.get(id) == SampleTask.FILES)
                .toList();
        List<Map<String, Object>> rows = database.sql("select task_id, object_key, sha256 from attachment")
                .query()
                .listOfRows();
        List<String> twice =
                Stream.concat(withFiles.stream(), withFiles.stream()).toList();
        assertThat(rows.stream().map(row -> (String) row.get("task_id"))).containsExactlyInAnyOrderElementsOf(twice);
        assertThat(s3.keys()).hasSize(rows.size());
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(s3.sha256((String) row.get("object_key"))).isEqualTo(row.get("sha256")));
    }

    private void report() throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("tasks", TASKS);
        figures.put(
                "of them in error",
                kinds.values().stream().filter(SampleTask.FAILS::equals).count());
        figures.put("deliveries lost", faults.lost.size());
        figures.put(
                "of them stops",
                faults.lost.stream().filter(id -> id.startsWith("task_stopped")).count());
        figures.put("deliveries doubled", faults.doubled.size());
        figures.put("deliveries late", faults.late.size());
        figures.put(
                "of them stops ",
                faults.late.stream().filter(id -> id.startsWith("task_stopped")).count());
        figures.put("kill -9", 2);
        figures.put("events made", count("select count(*) from event where source = 'reconcile'"));
        figures.put("of them task_failed", count("select count(*) from event where event_type = 'task_failed'"));
        figures.put("rows right", TASKS - wrongRows().size());
        figures.put("files copied", s3.keys().size());
        figures.put("alerts", slack.posts().size());
        figures.put("alerts repeated by a kill", slack.posts().size() - alerts().size());
        figures.put(
                "reads",
                manus.calls().stream().filter(call -> call.startsWith("GET")).count());
        figures.put("most reads in 60 s", manus.mostInAMinute("read"));
        figures.put("answers 429", manus.refused());
        String table = figures.entrySet().stream()
                .map(figure -> "| " + figure.getKey().strip() + " | " + figure.getValue() + " |")
                .collect(Collectors.joining("\n", "| figure | value |\n| --- | --- |\n", "\n"));
        Files.writeString(Path.of("target", "missed-events.md"), table);
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
