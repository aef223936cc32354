package org.manusroutes.answers;

import static org.awaitility.Awaitility.await;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.Http;
import org.manusroutes.support.RunningApplication;

/** Two nodes on one PostgreSQL, Slack, mail and Manus stood in for. */
abstract class AnswersTest {
    static ManusSimulator manus;
    static SlackStandIn slack;
    static MailStandIn mail;
    static final List<RunningApplication> nodes = new ArrayList<>();

    @BeforeAll
    static void start() {
        manus = ManusSimulator.start();
        slack = SlackStandIn.start();
        mail = MailStandIn.start();
        Map<String, Object> database = Databases.POSTGRESQL.fresh();
        for (int i = 0; i < 2; i++) {
            nodes.add(RunningApplication.start(
                    database,
                    slack.settings(),
                    mail.settings(),
                    manus.settings(),
                    Map.of(
                            "manus.slack.signing-secret",
                            SlackUser.SECRET,
                            "manus.webhook.signature",
                            "off",
                            "manus.answers.base-url",
                            "https://hooks.example.org")));
        }
        manus.register(nodes.get(0).webhook().toString());
    }

    @AfterAll
    static void stop() {
        nodes.forEach(RunningApplication::close);
        slack.close();
        mail.close();
        manus.close();
    }

    @AfterEach
    void forget() {
        slack.reset();
        mail.reset();
    }

    static SlackUser user(int node, String name) {
        return new SlackUser(nodes.get(node).webhook(), name, slack.responseUrl());
    }

    static long id(SimulatedTask task) {
        await().until(() -> !rows(task).isEmpty());
        return (long) rows(task).get(0).get("id");
    }

    static List<Map<String, Object>> rows(SimulatedTask task) {
        return nodes.get(0).rows("select * from question where task_id = '" + task.id() + "'");
    }

    static Object state(SimulatedTask task) {
        return rows(task).get(0).get("state");
    }

    /** The page's address on a node, out of the mail. */
    static URI page(int node, SimulatedTask task) throws Exception {
        await().until(() -> !mails(task).isEmpty());
        String text = mails(task).get(0);
        String path = text.replaceAll("(?s).*https://hooks\\.example\\.org(/answer/[\\w-]+).*", "$1");
        return nodes.get(node).webhook().resolve(path);
    }

    /** The plain parts of the mails of a task, in their order. */
    static List<String> mails(SimulatedTask task) throws Exception {
        List<String> texts = new ArrayList<>();
        for (MimeMessage one : mail.mails()) {
            String text =
                    (String) ((MimeMultipart) one.getContent()).getBodyPart(0).getContent();
            if (text.contains(task.url())) {
                texts.add(text.replace("\r\n", "\n"));
            }
        }
        return texts;
    }

    static List<String> alerts(SimulatedTask task) {
        return slack.posts().stream()
                .map(post -> String.valueOf(post.blocks()))
                .filter(blocks -> blocks.contains(task.url()))
                .toList();
    }

    static List<Map<String, Object>> updates(SimulatedTask task) {
        return slack.updates().stream()
                .filter(update -> String.valueOf(update.get("blocks")).contains(task.url()))
                .toList();
    }

    static HttpResponse<String> fill(URI page, String form) throws Exception {
        return Http.send(Http.request(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }
}
