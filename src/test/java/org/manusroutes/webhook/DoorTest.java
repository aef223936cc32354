package org.manusroutes.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.support.Databases;
import org.manusroutes.support.Http;
import org.manusroutes.support.RunningApplication;

/** An application whose door checks all it can, and a caller with real sockets. */
abstract class DoorTest {
    static final String PUBLIC_URL = "https://hooks.example.org/webhooks/manus?tenant=7";

    static ManusSimulator manus;
    static RunningApplication application;

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

    static byte[] event(String id) {
        return ("{\"event_id\":\"" + id + "\",\"event_type\":\"task_created\",\"task_detail\":{\"task_id\":\"" + id
                        + "\",\"task_title\":\"Title\"}}")
                .getBytes(UTF_8);
    }

    static HttpRequest.Builder post(byte[] body) {
        return Http.json(application.webhook(), BodyPublishers.ofByteArray(body));
    }

    static HttpRequest.Builder signed(byte[] body) {
        return with(post(body), manus.signature(PUBLIC_URL, body, Instant.now()));
    }

    static HttpRequest.Builder with(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        return request;
    }

    static void assertAnswer(HttpRequest.Builder request, int status, String body) throws Exception {
        HttpResponse<String> response = Http.send(request);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    static String raw(String request) throws IOException {
        URI uri = application.webhook();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
        }
    }

    static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
