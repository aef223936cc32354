package org.manusroutes.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.support.Http;

/** What the door refuses, each by its row in the table of answers. */
class DoorRefusalsIT extends DoorTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "\"x\"", "{\"event_id\":\"door-3\"}", "{\"event_type\":\"task_stopped\"}"})
    void refusesWhatIsSignedButNoUsableEvent(String body) throws Exception {
        HttpResponse<String> response = Http.send(signed(body.getBytes(UTF_8)));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":\"");
    }

    @Test
    void refusesMissingWrongAndStaleSignaturesAlike() throws Exception {
        byte[] event = event("door-4");
        String refused = "{\"error\":\"the signature could not be verified\"}";
        Map<String, String> stale =
                manus.signature(PUBLIC_URL, event, Instant.now().minusSeconds(310));
        Map<String, String> otherUrl = manus.signature("https://hooks.example.org/", event, Instant.now());
        assertAnswer(post(event), 401, refused);
        assertAnswer(post(event).header("X-Webhook-Timestamp", "1"), 401, refused);
        assertAnswer(with(post(event), stale), 401, refused);
        assertAnswer(with(post(event), otherUrl), 401, refused);
        assertAnswer(with(post(event("door-5")), manus.signature(PUBLIC_URL, event, Instant.now())), 401, refused);
        assertThat(application.count("select count(*) from event where event_id in ('door-4', 'door-5')"))
                .isZero();
    }

    @Test
    void refusesAnAddressThatMayNotSend() throws Exception {
        byte[] event = event("door-6");
        assertAnswer(
                signed(event).header("X-Forwarded-For", "203.0.113.9"),
                403,
                "{\"error\":\"this address may not send here\"}");
        assertAnswer(
                signed(event).header("X-Forwarded-For", "203.0.113.9, 198.51.100.4"),
                200,
                "{\"status\":\"received\",\"event_id\":\"door-6\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"})
    void takesOnlyPost(String method) throws Exception {
        HttpResponse<String> response =
                Http.send(Http.request(application.webhook()).method(method, BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "application/xml, 415",
        "application/jsonp, 415",
        "application/json;charset=utf-8, 200",
        "application/cloudevents+json, 200"
    })
    void takesOnlyJson(String type, int status) throws Exception {
        byte[] event = event("door-type-" + type.length());
        HttpRequest.Builder request = Http.request(application.webhook())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(event));
        HttpResponse<String> response = Http.send(with(request, manus.signature(PUBLIC_URL, event, Instant.now())));
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void refusesABodyWithoutAType() throws Exception {
        assertThat(raw("POST /webhooks/manus HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 415");
    }

    @Test
    void refusesWhatIsTooLargeByItsAnnouncedAndByItsRealSize() throws Exception {
        byte[] large = new byte[10 * 1024 + 1];
        String refused = "{\"error\":\"the body is larger than this receiver takes\"}";
        assertAnswer(post(large), 413, refused);
        HttpRequest.Builder chunked =
                Http.json(application.webhook(), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        assertAnswer(chunked, 413, refused);
    }
}
