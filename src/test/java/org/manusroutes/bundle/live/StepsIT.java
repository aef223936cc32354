package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.EventBuilder;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.standins.SlackStandIn.Answer;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** Each step goes its own way: what fails is repeated alone, what is done stays done. */
class StepsIT {
    private static final byte[] REPORT = "%PDF-1.7 a small report".getBytes(StandardCharsets.UTF_8);

    private final ManusSimulator manus = ManusSimulator.start();
    private final SlackStandIn slack = SlackStandIn.start();
    private final MailStandIn mail = MailStandIn.start();
    private final S3StandIn s3 = S3StandIn.start();
    private RunningApplication application;

    @BeforeEach
    void start() {
        application = RunningApplication.start(
                Databases.POSTGRESQL.fresh(),
                manus.settings(),
                slack.settings(),
                mail.settings(),
                s3.settings(),
                Map.of("manus.webhook.signature", "off", "manus.api.key", ""));
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
    void repeatsOnlyTheCopyWhileS3IsDown() throws Exception {
        s3.stop();
        String id = post(finish().attachment("report.pdf", REPORT));
        awaitAttempt(id, 6);
        assertThat(slack.posts()).hasSize(1);
        assertThat(mail.mails()).hasSize(1);
        assertThat(application.rows("select status from task")).containsExactly(Map.of("status", "finished"));
        assertThat(application.count("select count(*) from attachment")).isZero();

        s3.startAgain();
        awaitState(id, "done");
        assertThat(s3.keys()).singleElement().satisfies(key -> {
            assertThat(key).startsWith("manus/").endsWith("/01-report.pdf");
            assertThat(s3.bytes(key)).isEqualTo(REPORT);
        });
        assertThat(slack.posts()).hasSize(1);
        assertThat(mail.mails()).hasSize(1);
        assertThat(application.rows("select events from task")).containsExactly(Map.of("events", 1L));
        assertThat(application.count("select count(*) from attempt where outcome = 'done'"))
                .isEqualTo(1);
    }

    @Test
    void copiesFromTheFreshUrlOfALaterDelivery() throws Exception {
        EventBuilder event = finish().attachment("report.pdf", REPORT);
        Map<String, Object> first = event.build();
        manus.expireUrls();
        String id = post(first);
        awaitAttempt(id, 2);
        assertThat(s3.keys()).isEmpty();

        assertThat(application.post(json(manus.resigned(first))).body()).contains("already_processed");
        awaitState(id, "done");
        assertThat(s3.keys()).hasSize(1);
        assertThat(slack.posts()).hasSize(1);
        assertThat(mail.mails()).hasSize(1);
    }

    @Test
    void parksAtOnceWhatSlackRefusesForGoodAndTellsTheOperators() throws Exception {
        slack.answerNext(1, Answer.refusal("channel_not_found"));
        String id = post(finish());
        awaitState(id, "parked");
        assertThat(application.rows("select attempt, last_error from event where event_key = '" + id + "'"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("attempt", 1);
                    assertThat((String) row.get("last_error")).contains("channel_not_found");
                });
        awaitState(id + "/parked/1", "done");
        assertThat(slack.posts()).singleElement().satisfies(post -> {
            assertThat(post.text()).contains("parked");
            assertThat(post.raw()).contains(id).contains("channel_not_found");
        });
        await().until(() -> application.get("/actuator/health").contains("\"parked\":1"));
    }

    @Test
    void comesBackWhenSlackSaysSo() throws Exception {
        slack.answerNext(1, Answer.tooManyRequests(3));
        String id = post(finish());
        awaitAttempt(id, 1);
        assertThat(application.count("select count(*) from event where event_key = '" + id + "' and state = 'waiting'"
                        + " and due_at > current_timestamp + interval '1' second"))
                .as("not tried again before the three seconds are over, though the schedule says 200 ms")
                .isEqualTo(1);
        awaitState(id, "done");
        assertThat(slack.requests()).isEqualTo(2);
        assertThat(slack.posts()).hasSize(1);
    }

    @Test
    void parksAFileThatComesFromWhereItMayNotAndRunsTheOtherSteps() throws Exception {
        Map<String, Object> event = manus.event("task_stopped").reason("finish").build();
        @SuppressWarnings("unchecked") // built as a map a line above
        Map<String, Object> detail = (Map<String, Object>) event.get("task_detail");
        detail.put(
                "attachments",
                List.of(Map.of("file_name", "a", "url", "http://169.254.169.254/latest", "size_bytes", 1)));
        String id = post(event);
        awaitState(id, "parked");
        assertThat(application
                        .rows("select last_error from event where event_key = '" + id + "'")
                        .get(0)
                        .toString())
                .contains("169.254.169.254");
        assertThat(application.rows("select status from task")).containsExactly(Map.of("status", "finished"));
        awaitState(id + "/parked/1", "done");
        assertThat(slack.posts()).hasSize(2);
    }

    @Test
    void parksAnEventWhoseAttemptsNeverEnd() throws Exception {
        s3.stop();
        String id = post(finish().attachment("report.pdf", REPORT));
        awaitAttempt(id, 1);
        application.update("update event set attempt = 40 where event_key = '" + id + "'");
        awaitState(id, "parked");
        assertThat(application
                        .rows("select last_error from event where event_key = '" + id + "'")
                        .toString())
                .contains("its attempts are used up");
    }

    @Test
    void countsStepsByOutcome() throws Exception {
        slack.answerNext(1, Answer.status(500, "oops"));
        awaitState(post(finish()), "done");
        assertThat(application.get("/actuator/prometheus"))
                .contains("manus_step_total{outcome=\"failed\",step=\"alert-slack\"} 1.0")
                .contains("manus_step_total{outcome=\"done\",step=\"alert-slack\"} 1.0")
                .contains("manus_step_total{outcome=\"skipped\",step=\"record-task\"} 1.0")
                .contains("manus_event_seconds_count{event_type=\"task_stopped\",outcome=\"done\"} 1");
    }

    private EventBuilder finish() {
        return manus.event("task_stopped").reason("finish").message("All done.");
    }

    private String post(EventBuilder event) throws Exception {
        return post(event.build());
    }

    private String post(Map<String, Object> event) throws Exception {
        assertThat(application.post(json(event)).body()).contains("received");
        return (String) event.get("event_id");
    }

    private static String json(Map<String, Object> event) throws Exception {
        return new JsonMapper().writeValueAsString(event);
    }

    private void awaitState(String key, String state) {
        await().untilAsserted(
                        () -> assertThat(application.rows("select state from event where event_key = '" + key + "'"))
                                .containsExactly(Map.of("state", state)));
    }

    private void awaitAttempt(String key, int attempt) {
        await().until(() ->
                application.count("select count(*) from attempt where event_key = '" + key + "' and outcome = 'retry'")
                        >= attempt);
    }
}
