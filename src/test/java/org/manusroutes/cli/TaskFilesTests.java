package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;

/** Files that a task has made, and files that are given to one. */
class TaskFilesTests {
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
    void listsTheFilesOfATaskWithFreshUrls() {
        SimulatedTask task = manus.sampleTask(SampleTask.FILES);
        await().until(() -> task.status().equals("stopped"));

        assertThat(run("task", "files", task.id()).out().lines().toList())
                .satisfiesExactly(
                        head -> assertThat(head).matches("NAME +TYPE +URL"),
                        pdf -> assertThat(pdf)
                                .matches("Revenue Q3.pdf  application/octet-stream  http://127.0.0.1:\\d+/files/.*"),
                        csv -> assertThat(csv).startsWith("revenue-q3.csv  application/octet-stream  http"));
    }

    @Test
    void savesTheFilesOfATaskAndOverwritesNone(@TempDir Path folder) throws Exception {
        SimulatedTask task = manus.sampleTask(SampleTask.FILES);
        await().until(() -> task.status().equals("stopped"));
        Path mine = Files.writeString(folder.resolve("revenue-q3.csv"), "mine");

        CommandRun run = run("task", "files", task.id(), "--to", folder.toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(mine).hasContent("mine");
        try (Stream<Path> saved = Files.list(folder)) {
            assertThat(saved.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("Revenue_Q3.pdf", "revenue-q3.csv", "revenue-q3-2.csv");
        }
        assertThat(folder.resolve("revenue-q3-2.csv")).content().startsWith("region");
    }

    @Test
    void saysWhichFilesTheSettingsDoNotAllow(@TempDir Path folder) throws Exception {
        SimulatedTask task = manus.sampleTask(SampleTask.FILES);
        await().until(() -> task.status().equals("stopped"));
        Map<String, Object> strict = new HashMap<>(manus.settings());
        strict.put("manus.attachments.allow-http", false);

        CommandRun run = CommandRun.of(strict, "task", "files", task.id(), "--to", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Revenue Q3.pdf", "not saved: file 1 (Revenue_Q3.pdf): ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void givesFilesAndASchemaToATask(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("prices.csv"), "a;b");
        Path schema = Files.writeString(folder.resolve("schema.json"), "{\"type\": \"object\"}");

        CommandRun run = run(
                "task",
                "create",
                "Read it as JSON",
                "--file",
                file.toString(),
                "--structured-output-schema",
                schema.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(manus.uploads()).containsOnlyKeys("prices.csv");
        assertThat(manus.uploads().get("prices.csv")).asString().isEqualTo("a;b");
        assertThat(manus.calls()).containsExactly("POST /v2/file.upload", "POST /v2/task.create");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type": "object"  | :1:18: this is no JSON: Unexpected end-of-input: expected close marker for Object
                    ["object"]         | : a JSON schema is an object
                    """)
    void sendsNothingWithASchemaThatIsNone(String text, String problem, @TempDir Path folder) throws Exception {
        Path schema = Files.writeString(folder.resolve("schema.json"), text);

        CommandRun run = run("task", "create", "Read it", "--structured-output-schema", schema.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith(schema + problem);
        assertThat(manus.calls()).isEmpty();
    }

    @Test
    void sendsNothingWithAFileThatIsNotThere() {
        assertThat(run("task", "create", "Read it", "--file", "nowhere.csv").err())
                .startsWith("no such file: ")
                .endsWith("nowhere.csv");
        assertThat(manus.calls()).isEmpty();
    }

    private CommandRun run(String... args) {
        return CommandRun.of(manus.settings(), args);
    }
}
