package org.manusroutes.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.support.Http;

/** What the door lets in, and how it answers then. */
class DoorIT extends DoorTest {
    @Test
    void storesASignedEventOnceAndSaysSo() throws Exception {
        byte[] event = event("door-1");
        assertAnswer(signed(event), 200, "{\"status\":\"received\",\"event_id\":\"door-1\"}");
        assertAnswer(signed(event), 200, "{\"status\":\"already_processed\",\"event_id\":\"door-1\"}");
        assertThat(application.count("select count(*) from event where event_id = 'door-1'"))
                .isEqualTo(1);
    }

    @Test
    void answersWithALengthAndNotInChunks() throws Exception {
        HttpResponse<String> response = Http.send(signed(event("door-2")));
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValueAsLong("Content-Length"))
                .hasValue(response.body().length());
        assertThat(response.headers().map()).doesNotContainKeys("Transfer-Encoding", "X-Webhook-Signature");
    }

    @Test
    void acceptsWhatOpensslSigned(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed at /usr/bin/openssl");
        byte[] event = event("door-openssl");
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        Files.write(folder.resolve("body"), event);
        Files.writeString(folder.resolve("key.pem"), manus.privateKeyPem());
        String script = "printf '%s.%s.%s' \"$1\" \"$2\" \"$(openssl dgst -sha256 -r body | cut -d' ' -f1)\" > content"
                + " && openssl dgst -sha256 -sign key.pem content | openssl base64 -A";
        Process openssl = new ProcessBuilder("sh", "-c", script, "sign", timestamp, PUBLIC_URL)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String signature = new String(openssl.getInputStream().readAllBytes(), UTF_8);
        HttpRequest.Builder request =
                post(event).header("X-Webhook-Timestamp", timestamp).header("X-Webhook-Signature", signature);
        assertAnswer(request, 200, "{\"status\":\"received\",\"event_id\":\"door-openssl\"}");
    }

    @Test
    void takesAnEventWithBrokenUtf8AndKeepsItsBytes() throws Exception {
        byte[] event = ("{\"event_id\":\"door-utf8\",\"event_type\":\"task_created\",\"task_detail\":"
                        + "{\"task_id\":\"t-utf8\",\"task_title\":\"?\"}}")
                .getBytes(UTF_8);
        event[new String(event, UTF_8).indexOf('?')] = (byte) 0xC3;
        assertAnswer(signed(event), 200, "{\"status\":\"received\",\"event_id\":\"door-utf8\"}");
        Map<String, Object> row = application
                .rows("select body_sha256 from event where event_id = 'door-utf8'")
                .get(0);
        assertThat(row.get("body_sha256")).isEqualTo(sha256(event));
    }

    @Test
    void ignoresARegistrationTest() throws Exception {
        assertAnswer(signed("{\"test\":true}".getBytes(UTF_8)), 200, "{\"status\":\"ignored\"}");
    }

    @Test
    void dropsHeadersThatWouldSteerCamel() throws Exception {
        HttpRequest.Builder request = signed(event("door-7"))
                .header("CamelHttpResponseCode", "302")
                .header("Location", "https://evil.example.org/");
        assertAnswer(request, 200, "{\"status\":\"received\",\"event_id\":\"door-7\"}");
        assertThat(Http.send(signed(event("door-8")).header("X-Other", "x"))
                        .headers()
                        .map())
                .doesNotContainKey("X-Other");
    }

    @Test
    void countsEachOutcome() throws Exception {
        Http.send(signed(event("door-9")));
        Http.send(post(event("door-9")));
        assertThat(application.get("/actuator/prometheus"))
                .contains("manus_webhook_requests_total{outcome=\"received\"}")
                .contains("manus_webhook_requests_total{outcome=\"signature_missing\"}")
                .contains("manus_webhook_seconds_count");
    }
}
