package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.BothDatabasesTest;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.util.FileSystemUtils;

/** {@code routes try}: says what would go out, sends nothing, changes nothing. */
class RoutesTryIT extends BothDatabasesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void saysOfStoredEventsWhatReallyHappenedAndLeavesAllAsItIs(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        List<Map<String, Object>> events = List.of(
                manus.event("task_created", task).title("A tale of <two>").build(),
                manus.event("task_progress", task).message("Half way").build(),
                manus.event("task_stopped", task)
                        .reason("finish")
                        .message("All done & dusted.")
                        .build());
        process(application, events);
        SlackStandIn.Post post = slack.posts().get(0);
        Map<String, Object> row = task(application, task);
        Object attempts = application.rows("select count(*) as n from attempt").get(0);
        Object ledger = application
                .rows("select count(*) as n from camel_messageprocessed")
                .get(0);

        String said = application.command("routes", "try", "--last", "3");

        assertThat(said)
                .startsWith("0 ")
                .contains("3 events, nothing was sent")
                .containsSubsequence(
                        events.get(0).get("event_id") + " (task_created)",
                        "routes  dispatch-event, task-created, record-task",
                        "sql  record-task/update-task  merge into task",
                        "title = A tale of <two>",
                        events.get(2).get("event_id") + " (task_stopped)",
                        "routes  dispatch-event, task-finished, record-task, copy-attachments, alert-slack, send-mail",
                        "status = finished",
                        "slack  alert-slack/post-to-slack  " + post.channel() + ": " + post.text(),
                        "All done &amp; dusted.",
                        "send-mail",
                        "[Manus] Task finished");
        assertThat(slack.requests()).isEqualTo(1);
        assertThat(mail.mails()).hasSize(1);
        assertThat(task(application, task)).isEqualTo(row);
        assertThat(application.rows("select count(*) as n from attempt").get(0)).isEqualTo(attempts);
        assertThat(application
                        .rows("select count(*) as n from camel_messageprocessed")
                        .get(0))
                .isEqualTo(ledger);
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatAnEditWouldChange(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        process(
                application,
                List.of(finish().build(), manus.event("task_created").build()));
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        Path finished = folder.resolve("task-finished.camel.yaml");
        Files.writeString(finished, Files.readString(finished).replace("expression: Task finished", "expression: Yes"));

        assertThat(application.command("routes", "try", folder.toString(), "--last", "2", "--against", "current"))
                .startsWith("0 ")
                .contains("1 of 2 events unchanged, 1 would go otherwise")
                .containsSubsequence("now, by current:", "#ai-tasks: Task finished", "then:", "#ai-tasks: Yes")
                .doesNotContain("task_created");
        Files.writeString(finished, "- rout:");
        assertThat(application.command("routes", "try", folder.toString(), "--last", "2"))
                .startsWith("1 ")
                .contains("task-finished.camel.yaml:1:3: unknown element 'rout'", "nothing was tried");
    }

    @Test
    void takesAFileAndNoDatabase() throws Exception {
        Path file = Files.writeString(
                folder.resolve("event.json"),
                text(finish().attachment("report.pdf", new byte[] {1, 2}).build()));
        Map<String, Object> settings = Map.of(
                "manus.attachments.bucket", "acme", "spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/none");
        assertThat(CommandRun.said(settings, "routes", "try", "--event", file.toString()))
                .startsWith("0 ")
                .contains("s3://acme/manus/", "01-report.pdf", "1 event, nothing was sent");
    }
}
