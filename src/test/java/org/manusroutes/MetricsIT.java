package org.manusroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** What {@code /actuator/prometheus} says of a receiver whose channels are all off. */
class MetricsIT {
    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Databases.H2.fresh(), Map.of("manus.webhook.signature", "off"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void explainsEachOfOurMetrics() throws Exception {
        List<String> lines = lines("# ");

        assertThat(lines).filteredOn(line -> line.startsWith("# TYPE manus_")).allSatisfy(type -> {
            String name = type.split(" ", -1)[2];
            assertThat(lines).anyMatch(help -> help.matches("# HELP " + name + " \\S.*"));
        });
    }

    @Test
    void knowsEachCounterFromTheStart() throws Exception {
        assertThat(lines("manus_webhook_requests_total{"))
                .contains(
                        "manus_webhook_requests_total{outcome=\"signature_wrong\"} 0.0",
                        "manus_webhook_requests_total{outcome=\"ignored\"} 0.0",
                        "manus_webhook_requests_total{outcome=\"not_stored\"} 0.0");
        assertThat(lines("manus_step_total{outcome=\"failed\""))
                .contains(
                        "manus_step_total{outcome=\"failed\",step=\"copy-attachments\"} 0.0",
                        "manus_step_total{outcome=\"failed\",step=\"event-parked\"} 0.0");
        assertThat(lines("manus_inbox_changed_body_total"))
                .containsExactly("manus_inbox_changed_body_total{taken=\"accept\"} 0.0");
    }

    @Test
    void countsNothingAsDoneByAChannelThatIsOff() throws Exception {
        assertThat(application
                        .post("{\"event_id\":\"e\",\"event_type\":\"task_stopped\",\"task_detail\":"
                                + "{\"task_id\":\"t\",\"stop_reason\":\"finish\",\"attachments\":"
                                + "[{\"file_name\":\"a\",\"url\":\"https://manus.im/a\"}]}}")
                        .body())
                .contains("received");
        await().until(() -> application.count("select count(*) from event where state = 'done'") == 1);

        for (String off : List.of("alert-slack", "send-mail", "copy-attachments")) {
            assertThat(lines("manus_step_total{"))
                    .contains(
                            "manus_step_total{outcome=\"done\",step=\"" + off + "\"} 0.0",
                            "manus_step_total{outcome=\"skipped\",step=\"" + off + "\"} 1.0");
        }
        assertThat(lines("manus_step_total{"))
                .contains(
                        "manus_step_total{outcome=\"done\",step=\"record-task\"} 1.0",
                        "manus_step_total{outcome=\"done\",step=\"task-finished\"} 1.0");
    }

    @Test
    void namesTheVersionAndHasBucketsForTheTimers() throws Exception {
        assertThat(lines("manus_info{"))
                .singleElement()
                .satisfies(info -> assertThat(info).matches("manus_info\\{version=\"[^\"]+\"} 1"));
        assertThat(lines("manus_webhook_seconds_bucket{"))
                .hasSize(12)
                .anyMatch(bucket -> bucket.startsWith("manus_webhook_seconds_bucket{le=\"0.05\"}"));
    }

    private static List<String> lines(String start) throws Exception {
        return application
                .get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(start))
                .toList();
    }
}
