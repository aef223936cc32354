package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Distribution;

/** The story of the vendor's webhook tutorial, told by commands of the packaged jar. */
class TutorialIT {
    @TempDir
    private Path folder;

    private final Map<String, Object> settings = new HashMap<>();
    private final ManusSimulator manus = ManusSimulator.start();
    private final SlackStandIn slack = SlackStandIn.start();
    private final MailStandIn mail = MailStandIn.startWithLogin();
    private final S3StandIn s3 = S3StandIn.start();
    private Distribution distribution;
    private String url;

    @BeforeEach
    void unzip() {
        distribution = Distribution.trained(folder);
        url = distribution.webhook().toString();
        settings.putAll(manus.settings());
        settings.putAll(slack.settings());
        settings.putAll(mail.settings());
        settings.putAll(s3.settings());
        settings.putAll(distribution.h2File());
        settings.put("manus.webhook.public-url", url);
        settings.put(
                "manus.attachments.spool-directory",
                distribution.folder().resolve("spool").toString());
    }

    @AfterEach
    void stop() {
        distribution.close();
        manus.close();
        slack.close();
        mail.close();
        s3.close();
    }

    @Test
    void tellsTheWholeStory() throws Exception {
        // before anything runs, nothing is registered, and it is said why
        assertThat(run("doctor"))
                .startsWith("1 ")
                .contains("FAIL  registration", "-> run webhook register", "refuses the connection");

        // set up a webhook endpoint
        distribution.start(settings).awaitReady();

        // register the webhook: Manus tries it out
        assertThat(run("webhook", "register")).isEqualTo("0 registered " + url + " (id wh_0001)\n");
        assertThat(run("webhook", "status")).startsWith("0 ").contains("this receiver answers at 127.0.0.1");

        // create a task and observe its events
        String watched = run("task", "create", "Revenue by region", "--watch", "--interval", "100ms");
        assertThat(watched)
                .startsWith("0 created task ")
                .containsPattern("\\d\\d:\\d\\d:\\d\\d  stopped")
                .contains("Revenue Q3.pdf");
        String task = taskId(watched);
        awaitDone(4, task);
        assertThat(run("event", "list", "--state", "done", "--task", task))
                .startsWith("0 ")
                .contains("task_created_" + task, "task_stopped_" + task);
        assertThat(slack.posts()).hasSize(1);
        assertThat(mail.mails()).hasSize(1);
        assertThat(s3.keys()).hasSize(2).allMatch(key -> key.contains(task));

        // what there is to see of it
        assertThat(run("task", "list")).startsWith("0 ID ").contains(task, "stopped", "Revenue by region");
        Path files = folder.resolve("files");
        assertThat(run("task", "files", task, "--to", files.toString())).startsWith("0 NAME ");
        assertThat(Files.readString(files.resolve("revenue-q3.csv"))).startsWith("region,quarter,revenue");

        // a task asks, and waits for an answer
        String asking = run("task", "create", "Which currency?", "--watch", "--interval", "100ms");
        assertThat(asking).startsWith("0 ").contains("waits for  Which currency shall the prices be in: EUR or USD?");
        awaitDone(4, taskId(asking));
        assertThat(slack.posts()).hasSize(2);
        answer(taskId(asking));
        awaitDone(6, taskId(asking));
        stop(taskId(watched));

        // all is well, and nothing of it stays when it is over
        assertThat(run("doctor"))
                .startsWith("0 ok ")
                .contains("healthy")
                .doesNotContain("FAIL", "\tat ", "sk-simulated", SlackStandIn.TOKEN);
        assertThat(run("webhook", "delete", url)).isEqualTo("0 deleted wh_0001 (" + url + ")\n");
        assertThat(manus.registrations()).isEmpty();
    }

    /** The first answer is sent, and goes on with the task; a later one learns whose it was. */
    private void answer(String task) throws Exception {
        assertThat(run("task", "answer", task, "EUR", "--by", "anna")).isEqualTo("0 sent to task " + task + "\n");
        assertThat(run("task", "answer", task, "USD", "--by", "bert"))
                .startsWith("1 anna has answered already, ")
                .endsWith(": EUR\n");
    }

    private void stop(String task) throws Exception {
        assertThat(run("task", "stop", task)).isEqualTo("0 stopped " + task + "\n");
        assertThat(run("task", "show", task))
                .startsWith("0 ")
                .contains("status   stopped", "credits  128")
                .doesNotContain("waits for");
    }

    private void awaitDone(int events, String task) {
        await().untilAsserted(
                        () -> assertThat(CommandRun.of(settings, "event", "list", "--state", "done", "--task", task)
                                        .out()
                                        .lines()
                                        .skip(1))
                                .hasSize(events));
    }

    private String run(String... command) throws Exception {
        return distribution.command(settings, command);
    }

    private static String taskId(String output) {
        Matcher id = Pattern.compile("created task (\\w{22})").matcher(output);
        assertThat(id.find()).as(output).isTrue();
        return id.group(1);
    }
}
