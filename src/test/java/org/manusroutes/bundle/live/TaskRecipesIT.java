package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.util.FileSystemUtils;

/** The recipes that create tasks, in a running application whose tasks run in the simulator. */
class TaskRecipesIT {
    @TempDir
    private Path folder;

    @TempDir
    private Path prompts;

    private final ManusSimulator manus = ManusSimulator.start();
    private final SlackStandIn slack = SlackStandIn.start();
    private RunningApplication application;
    private RecipeFolder recipes;

    @BeforeEach
    void start() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        application = RunningApplication.start(
                Databases.POSTGRESQL.fresh(),
                manus.settings(),
                slack.settings(),
                Map.of(
                        "manus.webhook.signature",
                        "off",
                        "manus.routes.directory",
                        folder,
                        "manus.routes.settle",
                        "100ms",
                        "acme.prompts.directory",
                        prompts,
                        "acme.prompts.every",
                        "200",
                        "acme.daily.every",
                        "200",
                        "acme.daily.hour",
                        "0",
                        "acme.daily.prompt",
                        "What is new?"));
        manus.register(application.webhook().toString());
        recipes = new RecipeFolder(folder, application);
    }

    @AfterEach
    void stop() {
        application.close();
        slack.close();
        manus.close();
    }

    @Test
    void startsTheNextTaskOnceThoughAnotherStepFailsAndItsAnswerWasLost() throws Exception {
        recipes.use("finished-starts-next");
        slack.answerNext(1, SlackStandIn.Answer.status(500, "not now"));
        manus.cutNext(1, true);
        recipes.process(finished("made-by-hand", "Report", "Sales grew."));

        assertThat(manus.tasks()).singleElement().satisfies(task -> {
            assertThat(task.title()).isEqualTo("Check of Report");
            assertThat(task.prompt()).startsWith("Check each claim").endsWith("\n\nSales grew.");
        });
        awaitFinished(1);
        assertThat(manus.tasks()).hasSize(1);
        assertThat(application.rows("select state, chain, task_id from created_task"))
                .containsExactly(Map.of(
                        "state",
                        "created",
                        "chain",
                        1,
                        "task_id",
                        manus.tasks().get(0).id()));
    }

    @Test
    void parksTheEventThatWouldMakeAChainTooLong() throws Exception {
        Path endless = Files.createDirectory(folder.resolve("recipe"));
        FileSystemUtils.copyRecursively(RecipeFolder.RECIPES.resolve("finished-starts-next"), endless);
        Path next = endless.resolve("start-next.camel.yaml");
        Files.writeString(
                next,
                Files.readString(next)
                        .replaceFirst("expression: [$]\\{body\\[task_detail]\\[task_title]} !.*", "expression: true"));
        recipes.use(endless);
        recipes.process(finished("made-by-hand", "Report", "Sales grew."));

        await().atMost(Duration.ofMinutes(2))
                .until(() -> application.count("select count(*) from event where state = 'parked'") == 1);
        assertThat(manus.tasks()).hasSize(3);
        assertThat(application.rows("select last_error from event where state = 'parked'"))
                .singleElement()
                .asString()
                .contains("start-next: the task", "is the last of a chain of 3 tasks", "manus.api.longest-chain");
    }

    @Test
    void createsATaskForEachFile() throws Exception {
        recipes.use("folder-creates-task");
        Files.writeString(prompts.resolve("half.part"), "Not yet");
        Files.writeString(prompts.resolve("heat-pumps.txt"), "Compare heat pumps für Altbauten");
        await().until(() -> Files.exists(prompts.resolve(".done/heat-pumps.txt")));

        assertThat(manus.tasks())
                .singleElement()
                .satisfies(task -> assertThat(List.of(task.title(), task.prompt()))
                        .containsExactly("heat-pumps", "Compare heat pumps für Altbauten"));
    }

    @Test
    void createsOneTaskADay() throws Exception {
        recipes.use("timer-creates-task");
        await().until(() -> manus.tasks().size() == 1);
        await().during(Duration.ofSeconds(2)).until(() -> manus.tasks().size() == 1);
        assertThat(manus.tasks()).extracting(SimulatedTask::prompt).containsExactly("What is new?");
        assertThat(manus.calls()).filteredOn("POST /v2/task.create"::equals).hasSize(1);
    }

    private void awaitFinished(int tasks) {
        await().until(() -> application.count("select count(*) from event where state = 'done'"
                        + " and task_id <> 'made-by-hand' and stop_reason = 'finish'")
                == tasks);
    }

    private Map<String, Object> finished(String task, String title, String message) {
        return manus.event("task_stopped", task)
                .reason("finish")
                .title(title)
                .message(message)
                .build();
    }
}
