package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;

class TaskCommandTests {
    private ManusSimulator manus;

    @BeforeEach
    void start() {
        manus = ManusSimulator.start();
    }

    @AfterEach
    void stop() {
        manus.close();
    }

    @Test
    void createsATask() {
        CommandRun run = run("task", "create", "Count the invoices", "--title", "Invoices");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("created task \\w{22}\\Rhttps://manus.im/app/\\w{22}");
    }

    @Test
    void watchesATaskUntilItStops() {
        CommandRun run = run("task", "create", "Count the invoices", "--watch", "--interval", "20ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("\\d\\d:\\d\\d:\\d\\d  running: Reading the sources")
                .containsPattern("\\d\\d:\\d\\d:\\d\\d  stopped")
                .containsPattern("status   stopped")
                .contains("Revenue grew by **12 %**")
                .containsPattern("revenue-q3.csv  http://127.0.0.1:\\d+/files/");
    }

    @Test
    void watchesATaskUntilItAsks() {
        CommandRun run = run("task", "create", "Which one?", "--watch", "--interval", "20ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("waits for  Which currency shall the prices be in: EUR or USD?");
    }

    @Test
    void waitsOutWhatPassesByItself() {
        manus.hideMessages(2);

        CommandRun run = run("task", "create", "Count the invoices", "--watch", "--interval", "20ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("\\d\\d:\\d\\d:\\d\\d  running\\R");
    }

    @Test
    void stopsWatchingAfterTheTimeOut() {
        CommandRun run = run("task", "create", "Slow", "--watch", "--interval", "10ms", "--timeout", "50ms");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).matches("task \\w{22} still runs after 50ms: look again with task show \\w{22}");
    }

    @Test
    void keepsStandardOutputForOneDocumentWhenProgramsRead() throws JsonProcessingException {
        CommandRun run =
                run("task", "create", "Count the invoices", "--watch", "--interval", "20ms", "--format", "json");

        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.at("/task/status").asText()).isEqualTo("stopped");
        assertThat(report.at("/message/attachments/0/filename").asText()).isEqualTo("Revenue Q3.pdf");
        assertThat(run.err()).contains("created task ", "running");
    }

    @Test
    void showsATask() {
        SimulatedTask task = manus.sampleTask(SampleTask.FILES);
        await().until(() -> task.status().equals("stopped"));

        assertThat(run("task", "show", task.id()).out())
                .containsPattern("task     " + task.id())
                .contains("title    Quarterly revenue by region", "credits  128", "Revenue Q3.pdf");
        assertThat(run("task", "show", task.id(), "--format", "json").out()).contains("\"credit_usage\" : \"128\"");
    }

    @Test
    void failsOnATaskThatNobodyKnows() {
        CommandRun run = run("task", "show", "nobody");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("404 not_found")
                .endsWith("task not found")
                .hasLineCount(1);
    }

    @Test
    void listsTheNewestTasksFirst() throws JsonProcessingException {
        assertThat(run("task", "list")).isEqualTo(new CommandRun(0, "no tasks", ""));
        for (int i = 0; i < 3; i++) {
            manus.sampleTask(SampleTask.FILES);
        }

        assertThat(run("task", "list").out().lines())
                .hasSize(4)
                .first()
                .asString()
                .matches("ID +STATUS +CREATED +TITLE");
        assertThat(run("task", "list", "--limit", "2").out().lines().skip(1).toList())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .matches("\\w{22}  \\w+ +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  Quarterly revenue by region"));
        JsonNode tasks = new ObjectMapper()
                .readTree(run("task", "list", "--format", "json").out());
        assertThat(tasks).hasSize(3);
    }

    @Test
    void showsTheStepsOfThePlanWhileItWatches() {
        CommandRun run = run("task", "create", "Count the invoices", "--watch", "--interval", "20ms");

        assertThat(run.out()).contains("[x] Read the sources", "[>] Write the result");
        assertThat(run.out().lines().filter(line -> line.endsWith("[x] Read the sources")))
                .hasSize(1);
    }

    @Test
    void stopsATask() {
        SimulatedTask task = manus.sampleTask(SampleTask.QUESTION);

        assertThat(run("task", "stop", task.id())).isEqualTo(new CommandRun(0, "stopped " + task.id(), ""));
        assertThat(run("task", "stop", "nobody").err()).endsWith("task not found");
    }

    private CommandRun run(String... args) {
        return CommandRun.of(manus.settings(), args);
    }
}
