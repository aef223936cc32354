package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.EventBuilder;
import org.manusroutes.standins.HeldPort;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** What the operators hear of while an event still fails: once, with the step and the server, by the other channels. */
class ToldOperatorsIT {
    private static final byte[] REPORT = "%PDF-1.7 a small report".getBytes(StandardCharsets.UTF_8);

    private final ManusSimulator manus = ManusSimulator.start();
    private final SlackStandIn slack = SlackStandIn.start();
    private final MailStandIn mail = MailStandIn.startWithLogin();
    private final S3StandIn s3 = S3StandIn.start();
    private RunningApplication application;

    private void start(Map<String, Object> settings) {
        application = RunningApplication.start(
                Databases.POSTGRESQL.fresh(),
                manus.settings(),
                slack.settings(),
                mail.settings(),
                s3.settings(),
                Map.of("manus.webhook.signature", "off", "manus.api.key", "", "manus.slack.ops-channel", "#ops"),
                settings);
    }

    @AfterEach
    void stop() {
        application.close();
        s3.close();
        mail.close();
        slack.close();
        manus.close();
    }

    @Test
    void tellsOnceOfAnEventThatHasFailedForAWhile() throws Exception {
        try (HeldPort nobody = HeldPort.take()) {
            String address = "127.0.0.1:" + nobody.number();
            start(Map.of("manus.attachments.endpoint", "http://" + address, "manus.inbox.tell-after", "1s"));
            String id = post(finish().attachment("report.pdf", REPORT));
            awaitAttempt(id, 6);

            String reason = "copy-attachments: " + address + " refused the connection";
            assertThat(toldOnSlack("An event fails and is tried again"))
                    .singleElement()
                    .satisfies(post ->
                            assertThat(post.raw()).contains(encoded(reason)).contains(encoded("event show " + id)));
            assertThat(application.rows("select last_error from event where event_id = '" + id + "'"))
                    .containsExactly(Map.of("last_error", reason));
            await().until(() -> mail.mails().size() == 2);
        }
    }

    @Test
    void tellsAtOnceOfABucketThatIsNotThere() throws Exception {
        start(Map.of("manus.attachments.bucket", "no-such-bucket"));
        String id = post(finish().attachment("report.pdf", REPORT));
        awaitAttempt(id, 3);

        assertThat(toldOnSlack("An event fails and is tried again"))
                .singleElement()
                .satisfies(post -> assertThat(post.raw())
                        .contains(encoded("copy-attachments: S3 refused the bucket no-such-bucket"))
                        .contains(encoded("manus.attachments.bucket")));
    }

    @Test
    void tellsAtOnceOfALoginThatIsRefused() throws Exception {
        start(Map.of("manus.mail.password", "not-the-one"));
        String id = post(finish());
        awaitAttempt(id, 3);

        assertThat(toldOnSlack("An event fails and is tried again"))
                .singleElement()
                .satisfies(post -> assertThat(post.raw())
                        .contains(encoded("send-mail: The mail server 127.0.0.1:" + mail.port() + " refused the login"))
                        .contains(encoded("manus.mail.password"))
                        .doesNotContain("not-the-one"));
    }

    @Test
    void tellsOnceOfARecipientWhoIsRefused() throws Exception {
        start(Map.of("manus.mail.to", "team@example.com, gone@example.com"));
        mail.refuse("gone@example.com");
        for (int i = 0; i < 3; i++) {
            String id = post(finish());
            await().until(() -> state(id).equals("done"));
        }

        await().until(() -> !toldOnSlack("The mail server refuses a recipient").isEmpty());
        await().until(() -> mail.mails().size() == 4);
        assertThat(toldOnSlack("The mail server refuses a recipient"))
                .singleElement()
                .satisfies(post -> assertThat(post.raw())
                        .contains("gone%40example.com")
                        .contains(encoded("550 5.1.1 No such user here")));
        assertThat(application.get("/actuator/health")).contains("gone@example.com");
    }

    private List<SlackStandIn.Post> toldOnSlack(String headline) {
        return slack.posts().stream()
                .filter(post -> post.text().startsWith(headline))
                .peek(post -> assertThat(post.channel()).isEqualTo("#ops"))
                .toList();
    }

    /** As in a form, whose blocks are JSON. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private EventBuilder finish() {
        return manus.event("task_stopped").reason("finish").message("All done.");
    }

    private String post(EventBuilder event) throws Exception {
        Map<String, Object> built = event.build();
        application.post(new JsonMapper().writeValueAsString(built));
        return (String) built.get("event_id");
    }

    private void awaitAttempt(String id, int attempt) {
        await().until(() -> application.count("select attempt from event where event_id = '" + id + "'") >= attempt);
        await().until(() -> slack.posts().size() >= 2); // the task and the notice
    }

    private String state(String id) {
        return application
                .rows("select state from event where event_id = '" + id + "'")
                .get(0)
                .get("state")
                .toString();
    }
}
