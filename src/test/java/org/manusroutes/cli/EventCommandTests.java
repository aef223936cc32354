package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.support.Bounded;

class EventCommandTests {
    private volatile Headers headers = new Headers();
    private volatile byte[] body = new byte[0];
    private volatile String path = "";
    private Path folder;
    private int status = 200;
    private HttpServer receiver;
    private String url;
    private Path event;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            headers = exchange.getRequestHeaders();
            path = exchange.getRequestURI().getPath();
            body = exchange.getRequestBody().readAllBytes();
            byte[] answer = "{\"status\":\"received\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        receiver.start();
        url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhooks/manus?a=b";
        event = folder.resolve("event.json");
        // not UTF-8, and ending in a line feed: the bytes go out as they are
        Files.write(event, new byte[] {'{', '"', (byte) 0xff, '"', ':', ' ', '1', '}', '\n'});
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void sendsTheBytesAsTheyAreSignedForNow() throws Exception {
        try (ManusSimulator manus = ManusSimulator.start()) {
            Path key = Files.writeString(folder.resolve("key.pem"), manus.privateKeyPem());

            CommandRun run = send("--private-key", key.toString());

            assertThat(run).isEqualTo(new CommandRun(0, "200 {\"status\":\"received\"}", ""));
            assertThat(body).isEqualTo(Files.readAllBytes(event));
            assertThat(header("Content-Type")).isEqualTo("application/json");
            assertThat(Long.parseLong(header("X-Webhook-Timestamp")))
                    .isBetween(
                            Instant.now().getEpochSecond() - 30, Instant.now().getEpochSecond());
            assertThat(isSignedFor(url, publicKey(manus.publicKeyPem()))).isTrue();
            assertThat(isSignedFor(url + "x", publicKey(manus.publicKeyPem()))).isFalse();
        }
    }

    @Test
    void signsForTheUrlAndTheMomentThatTheReceiverExpects() throws Exception {
        try (ManusSimulator manus = ManusSimulator.start()) {
            Path key = Files.writeString(folder.resolve("key.pem"), manus.privateKeyPem());

            send("--private-key", key.toString(), "--public-url", "https://hooks.example.org/m", "--timestamp", "1");

            assertThat(header("X-Webhook-Timestamp")).isEqualTo("1");
            assertThat(isSignedFor("https://hooks.example.org/m", publicKey(manus.publicKeyPem())))
                    .isTrue();
        }
    }

    @Test
    void takesUrlsAndKeyFromTheSettings() throws Exception {
        try (ManusSimulator manus = ManusSimulator.start()) {
            Path key = Files.writeString(folder.resolve("key.pem"), manus.privateKeyPem());
            Map<String, Object> settings = Map.of(
                    "server.port",
                    receiver.getAddress().getPort(),
                    "manus.webhook.path",
                    "/hook",
                    "manus.webhook.public-url",
                    "https://hooks.example.org/hook",
                    "manus.webhook.private-key",
                    key.toString());

            assertThat(CommandRun.said(settings, "event", "send", "--file", event.toString()))
                    .isEqualTo("0 200 {\"status\":\"received\"}");
            assertThat(path).isEqualTo("/hook");
            assertThat(isSignedFor("https://hooks.example.org/hook", publicKey(manus.publicKeyPem())))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-traditional"})
    void signsWhatOpensslVerifiesWithKeysThatOpensslMade(String form) throws Exception {
        assumeThat(has("openssl")).as("openssl is on the path").isTrue();
        List<String> generate = new ArrayList<>(List.of("openssl", "genrsa", "-out", "key.pem"));
        generate.addAll(form.isEmpty() ? List.of() : List.of(form));
        generate.add("2048");
        openssl(generate);
        openssl(List.of("openssl", "rsa", "-in", "key.pem", "-pubout", "-out", "public.pem"));

        send("--private-key", folder.resolve("key.pem").toString());

        Files.writeString(folder.resolve("content"), content(url));
        Files.write(folder.resolve("signature"), Base64.getDecoder().decode(header("X-Webhook-Signature")));
        assertThat(openssl(List.of(
                        "openssl", "dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "content")))
                .contains("Verified OK");
    }

    @Test
    void sendsUnsignedWithoutAKey() {
        assertThat(send().exitCode()).isZero();
        assertThat(headers).doesNotContainKeys("X-webhook-signature", "X-webhook-timestamp");
    }

    @Test
    void failsWhenTheReceiverRefuses() {
        status = 401;

        assertThat(send()).isEqualTo(new CommandRun(1, "401 {\"status\":\"received\"}", ""));
    }

    @Test
    void saysInOneSentenceWhatCannotBeDone() throws IOException {
        Path noKey = Files.writeString(folder.resolve("no.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(send("--private-key", noKey.toString()).err())
                .startsWith(noKey + " holds no unencrypted RSA private key in PEM")
                .hasLineCount(1);
        assertThat(send("--private-key", "none.pem")).isEqualTo(new CommandRun(1, "", "no such file: none.pem"));
        assertThat(CommandRun.of(Map.of(), "event", "send", "--file", "none.json", "--url", url))
                .isEqualTo(new CommandRun(1, "", "no such file: none.json"));
        assertThat(CommandRun.of(Map.of(), "event", "send", "--file", event.toString(), "--url", "localhost:8080"))
                .isEqualTo(new CommandRun(1, "", "localhost:8080 is not an http or https URL"));
        receiver.stop(0);
        assertThat(send().err()).startsWith("no answer from " + url).hasLineCount(1);
    }

    private CommandRun send(String... more) {
        List<String> args = new ArrayList<>(List.of("event", "send", "--file", event.toString(), "--url", url));
        args.addAll(List.of(more));
        return CommandRun.of(Map.of(), args.toArray(String[]::new));
    }

    private String header(String name) {
        return String.valueOf(headers.getFirst(name));
    }

    private String content(String signedUrl) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
        return header("X-Webhook-Timestamp") + "." + signedUrl + "."
                + HexFormat.of().formatHex(hash);
    }

    private boolean isSignedFor(String signedUrl, PublicKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(content(signedUrl).getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(header("X-Webhook-Signature")));
    }

    private static PublicKey publicKey(String pem) throws GeneralSecurityException {
        byte[] spki = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
    }

    private String openssl(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Bounded.end(process)).as(output).isZero();
        return output;
    }

    private static boolean has(String program) {
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }
}
