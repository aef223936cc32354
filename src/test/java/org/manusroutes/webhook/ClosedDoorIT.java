package org.manusroutes.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.Http;
import org.manusroutes.support.RunningApplication;
import org.manusroutes.support.UnpluggableProxy;

/** The door when it cannot check, cannot store, or need not check. */
class ClosedDoorIT {
    private static final String EVENT =
            "{\"event_id\":\"closed-1\",\"event_type\":\"task_created\",\"task_detail\":{\"task_id\":\"t\"}}";

    @Test
    void answers503WithoutAKeyAndHealthSaysWhy() throws Exception {
        try (RunningApplication application = RunningApplication.start(
                Databases.H2.fresh(), Map.of("manus.webhook.public-url", "https://hooks.example.org/webhooks/manus"))) {
            HttpRequest.Builder request = Http.json(application.webhook(), EVENT)
                    .header("X-Webhook-Timestamp", String.valueOf(Instant.now().getEpochSecond()))
                    .header("X-Webhook-Signature", "c2ln");
            HttpResponse<String> response = Http.send(request);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("5");
            assertThat(application.get("/actuator/health"))
                    .contains("\"webhook\":{\"status\":\"DOWN\"")
                    .contains("set manus.webhook.public-key, or manus.api.key");
        }
    }

    @Test
    void takesTheTutorialsUnsignedEventWhenSignaturesAreOff() throws Exception {
        String tutorial = "{\"event_type\": \"task_stopped\", \"event_id\": \"test_event_123\", \"task_detail\": {"
                + "\"task_id\": \"test_task\", \"task_title\": \"Test Task\", \"stop_reason\": \"finish\","
                + "\"message\": \"Test complete\"}}";
        try (RunningApplication application =
                RunningApplication.start(Databases.H2.fresh(), Map.of("manus.webhook.signature", "off"))) {
            assertThat(application.post(tutorial).body())
                    .isEqualTo("{\"status\":\"received\",\"event_id\":\"test_event_123\"}");
            assertThat(application.get("/actuator/health"))
                    .contains("OFF: anybody who reaches the port can send events");
            await().untilAsserted(() -> assertThat(application.count(
                            "select count(*) from task where task_id = 'test_task' and status = 'finished'"))
                    .isEqualTo(1));
        }
    }

    @Test
    void answers200ToAnUnsignedProbeOnlyWhenAllowedAndOnlyWithoutAnEvent() throws Exception {
        try (ManusSimulator manus = ManusSimulator.start();
                RunningApplication application = RunningApplication.start(
                        Databases.H2.fresh(),
                        manus.settings(),
                        Map.of(
                                "manus.webhook.public-url",
                                "https://hooks.example.org/webhooks/manus",
                                "manus.webhook.accept-unsigned-probe",
                                true))) {
            assertThat(application.post("{\"ping\":1}").body()).isEqualTo("{\"status\":\"ignored\"}");
            assertThat(application.post(EVENT).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void answers503InTimeWhileTheDatabaseIsUnpluggedAndStoresAgainWhenItIsBack() throws Exception {
        Map<String, Object> database = Databases.POSTGRESQL.fresh();
        String url = (String) database.get("spring.datasource.url");
        try (UnpluggableProxy cable = UnpluggableProxy.to(
                        URI.create(url.substring("jdbc:".length())).getPort());
                RunningApplication application = RunningApplication.start(
                        database,
                        Map.of(
                                "manus.webhook.signature",
                                "off",
                                "spring.datasource.url",
                                url.replaceFirst(":\\d+/", ":" + cable.port() + "/")))) {
            assertThat(application.post(EVENT).statusCode()).isEqualTo(200);
            cable.unplug();
            HttpRequest.Builder request = Http.json(application.webhook(), EVENT.replace("closed-1", "closed-2"))
                    .timeout(Duration.ofSeconds(10)); // a sender waits no longer
            HttpResponse<String> response = Http.send(request);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("{\"error\":\"the event could not be stored\"}");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();

            cable.plug();
            await().until(() ->
                    application.post(EVENT.replace("closed-1", "closed-2")).statusCode() == 200);
            Bounded.untilExactly(2, () -> application.count("select count(*) from event where state = 'done'"));
        }
    }

    @Test
    void answers503InTimeWhileTheApiIsSilentAndTakesTheKeyWhenItSpeaks() throws Exception {
        String publicUrl = "https://hooks.example.org/webhooks/manus";
        try (ManusSimulator manus = ManusSimulator.start();
                UnpluggableProxy cable =
                        UnpluggableProxy.to(URI.create(manus.baseUrl()).getPort())) {
            cable.unplug();
            try (RunningApplication application = RunningApplication.start(
                    Databases.H2.fresh(),
                    manus.settings(),
                    Map.of(
                            "manus.webhook.public-url",
                            publicUrl,
                            "manus.api.base-url",
                            "http://127.0.0.1:" + cable.port()))) {
                HttpRequest.Builder request = Http.json(application.webhook(), EVENT)
                        .timeout(Duration.ofSeconds(10)); // a sender waits no longer
                manus.signature(publicUrl, EVENT.getBytes(StandardCharsets.UTF_8), Instant.now())
                        .forEach(request::header);
                assertThat(Http.send(request).statusCode()).isEqualTo(503);
                cable.plug();
                await().until(() -> Http.send(request).statusCode() == 200);
            }
        }
    }

    @Test
    void ignoresAChangedBodyWhenToldTo() throws Exception {
        try (RunningApplication application = RunningApplication.start(
                Databases.H2.fresh(), Map.of("manus.webhook.signature", "off", "manus.inbox.changed-body", "ignore"))) {
            assertThat(application.post(EVENT).body()).contains("received");
            assertThat(application.post(EVENT.replace("\"t\"", "\"other\"")).body())
                    .contains("already_processed");
            assertThat(application.count("select count(*) from event")).isEqualTo(1);
        }
    }
}
