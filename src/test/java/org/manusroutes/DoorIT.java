package org.manusroutes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.standins.ManusSimulator;

/** Every answer of the door, over a real socket. */
class DoorIT {
    private static final String PUBLIC_URL = "https://hooks.example.org/webhooks/manus?tenant=7";
    private static final HttpClient http = HttpClient.newHttpClient();

    private static ManusSimulator manus;
    private static RunningApplication application;

    @BeforeAll
    static void start() {
        manus = ManusSimulator.start();
        application = RunningApplication.start(
                Databases.H2.fresh(),
                manus.settings(),
                Map.of(
                        "manus.webhook.public-url",
                        PUBLIC_URL,
                        "manus.webhook.max-body",
                        "10KB",
                        "manus.webhook.trusted-proxies",
                        "127.0.0.0/8",
                        "manus.webhook.allowed-sources",
                        "127.0.0.0/8,198.51.100.0/24"));
    }

    @AfterAll
    static void stop() {
        application.close();
        manus.close();
    }

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
        HttpResponse<String> response = send(signed(event("door-2")));
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

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "\"x\"", "{\"event_id\":\"door-3\"}", "{\"event_type\":\"t\"}"})
    void refusesWhatIsSignedButNoUsableEvent(String body) throws Exception {
        HttpResponse<String> response = send(signed(body.getBytes(UTF_8)));
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
                send(HttpRequest.newBuilder(application.webhook()).method(method, BodyPublishers.noBody()));
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
        HttpRequest.Builder request = HttpRequest.newBuilder(application.webhook())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(event));
        HttpResponse<String> response = send(with(request, manus.signature(PUBLIC_URL, event, Instant.now())));
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
        HttpRequest.Builder chunked = HttpRequest.newBuilder(application.webhook())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        assertAnswer(chunked, 413, refused);
    }

    @Test
    void dropsHeadersThatWouldSteerCamel() throws Exception {
        HttpRequest.Builder request = signed(event("door-7"))
                .header("CamelHttpResponseCode", "302")
                .header("Location", "https://evil.example.org/");
        assertAnswer(request, 200, "{\"status\":\"received\",\"event_id\":\"door-7\"}");
        assertThat(send(signed(event("door-8")).header("X-Other", "x"))
                        .headers()
                        .map())
                .doesNotContainKey("X-Other");
    }

    @Test
    void countsEachOutcome() throws Exception {
        send(signed(event("door-9")));
        send(post(event("door-9")));
        assertThat(application.get("/actuator/prometheus"))
                .contains("manus_webhook_requests_total{outcome=\"received\"}")
                .contains("manus_webhook_requests_total{outcome=\"signature_missing\"}")
                .contains("manus_webhook_seconds_count");
    }

    private static byte[] event(String id) {
        return ("{\"event_id\":\"" + id + "\",\"event_type\":\"task_created\",\"task_detail\":{\"task_id\":\"" + id
                        + "\",\"task_title\":\"Title\"}}")
                .getBytes(UTF_8);
    }

    private static HttpRequest.Builder post(byte[] body) {
        return HttpRequest.newBuilder(application.webhook())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpRequest.Builder signed(byte[] body) {
        return with(post(body), manus.signature(PUBLIC_URL, body, Instant.now()));
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        return request;
    }

    private static void assertAnswer(HttpRequest.Builder request, int status, String body) throws Exception {
        HttpResponse<String> response = send(request);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String raw(String request) throws IOException {
        URI uri = application.webhook();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
