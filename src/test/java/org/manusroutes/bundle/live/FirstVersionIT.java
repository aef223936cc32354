package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.bundle.RoutesFolder;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** What runs after a start. */
@ExtendWith(OutputCaptureExtension.class)
class FirstVersionIT {
    private static final String PROGRESS = """
            {"event_id": "e", "event_type": "task_progress", "progress_detail": {"task_id": "t", "message": "m"}}""";

    private final Map<String, Object> database = Databases.H2.fresh();

    @TempDir
    private Path folder;

    @BeforeEach
    void shipped() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
    }

    private RunningApplication start() {
        return RunningApplication.start(
                database, Map.of("manus.webhook.signature", "off", "manus.routes.directory", folder));
    }

    private void edit(String from, String to) throws IOException {
        Path file = folder.resolve("task-progress.camel.yaml");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    @Test
    void isNoneWhenTheFolderDoesNotCheckAndNothingIsKnownThatRan(CapturedOutput output) throws Exception {
        edit("uri: direct", "uri: dirict");
        try (RunningApplication application = start()) {
            assertThat(application.post(PROGRESS).statusCode()).isEqualTo(200);
            assertThat(output)
                    .contains("THE ROUTES IN " + folder + " ARE REFUSED; NO VERSION RUNS, events are stored and wait")
                    .contains("task-progress.camel.yaml:6:12: ", "(did you mean 'direct'?)");
            assertThat(application.get("/actuator/health/routes"))
                    .contains("DOWN", "refused", "did you mean 'direct'?");
            assertThat(application.get("/actuator/health/readiness")).contains("UP");
            Bounded.untilExactly(2, () -> application.count("select count(*) from event where state = 'waiting'"));

            edit("uri: dirict", "uri: direct");
            Bounded.untilExactly(2, () -> application.count("select count(*) from event where state = 'done'"));
            assertThat(application.get("/actuator/health/routes"))
                    .contains("UP")
                    .doesNotContain("refused");
        }
    }

    @Test
    void isTheLastThatRanWhenTheFolderIsGone(CapturedOutput output) throws Exception {
        start().close();
        FileSystemUtils.deleteRecursively(folder);
        try (RunningApplication application = start()) {
            assertThat(application.bean(GuardedReload.class).running().number()).isEqualTo(1);
            assertThat(output).contains("there are no *.camel.yaml files in the folder");
        }
        Map<String, Object> nothingKnown = Databases.H2.fresh();
        FailureAnalysis analysis = new RoutesFolder.Analyzer()
                .analyze(catchThrowable(() -> RunningApplication.start(
                        nothingKnown, Map.of("manus.webhook.signature", "off", "manus.routes.directory", folder))));
        assertThat(analysis.getDescription()).contains(folder.toString());
        assertThat(analysis.getAction()).contains("manus.routes.directory");
    }

    @Test
    void isTheLastThatRanWhenTheFolderDoesNotCheck(CapturedOutput output) throws Exception {
        edit("description: ", "description: Once more, ");
        start().close();
        edit("uri: direct", "uri: dirict");
        try (RunningApplication application = start()) {
            assertThat(output).contains("THE ROUTES IN " + folder + " ARE REFUSED; version 1 keeps running");
            assertThat(application.get("/actuator/health")).contains("\"version\":1", "did you mean 'direct'?");
            application.post(PROGRESS);
            Bounded.untilExactly(2, () -> application.count("select count(*) from event where state = 'done'"));
            assertThat(application.rows("select event_type from event order by event_type"))
                    .extracting(row -> row.get("event_type"))
                    .containsExactly("routes_refused", "task_progress");
            assertThat(application.rows("select distinct bundle_version from attempt"))
                    .containsExactly(Map.of("bundle_version", 1L));

            edit("uri: dirict", "uri: direct");
            await().until(() -> application.bean(ReloadReport.class).refused() == null);
        }
    }

    @Test
    void isWhatTheFolderHoldsAlsoWhenItChangedInTheMeantime() throws Exception {
        start().close();
        edit("description: ", "description: Once more, ");
        try (RunningApplication application = start()) {
            assertThat(application.bean(GuardedReload.class).running().number()).isEqualTo(2);
            assertThat(application.rows("select number, diff from bundle_version order by number"))
                    .satisfiesExactly(
                            first -> assertThat(first).containsEntry("number", 1L),
                            second -> assertThat(String.valueOf(second.get("diff")))
                                    .contains("Once more"));
        }
    }
}
