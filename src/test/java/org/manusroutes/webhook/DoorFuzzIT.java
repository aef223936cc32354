package org.manusroutes.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that nobody writes; {@code -Dfuzz.seconds=600} for a long look, {@code -Dfuzz.seed} for the same again. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(1200)
class DoorFuzzIT extends DoorTest {
    private static final long SEED =
            Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 5));

    /** The table of answers, and what Tomcat itself says to what is no HTTP. */
    private static final Set<String> ANSWERS = Set.of(
            "200",
            "400",
            "401",
            "403",
            "404",
            "405",
            "408",
            "413",
            "414",
            "415",
            "417", // an Expect that nobody knows (RFC 9110, 15.5.18)
            "431",
            "501",
            "503",
            "505",
            "100",
            "HTTP/0.9",
            "closed");

    private static final List<String> METHODS = List.of("POST", "POST", "POST", "GET", "PUT", "BREW", "", "PO ST");
    private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "x");
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: %",
            "Content-Length: 5",
            "Content-Length: 0",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 9000",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: x",
            "Expect: 100-continue",
            "Connection: close",
            "Connection: Upgrade\r\nUpgrade: h2c",
            "X-Webhook-Timestamp: NOW",
            "X-Webhook-Timestamp: %",
            "X-Webhook-Signature: c2ln",
            "X-Webhook-Signature: %",
            "X-Forwarded-For: %",
            "%: %",
            "%");
    private static final List<String> BODIES = List.of(
            "{\"event_id\":\"fuzz\",\"event_type\":\"t\"}",
            "{}",
            "[",
            "5\r\n{\"a\":\r\n0\r\n\r\n",
            "ffffffffff\r\n",
            "-1\r\n",
            "%",
            "");

    private final Random random = new Random(SEED);

    @Test
    void answersByTheTableWhateverComes(CapturedOutput output) throws Exception {
        Map<String, Integer> answers = new TreeMap<>();
        Instant end = Instant.now().plus(TIME);
        // a slow machine gets no further than a few hundred in the time
        while (Instant.now().isBefore(end) || !answers.keySet().containsAll(List.of("400", "401"))) {
            answers.merge(answer(request()), 1, Integer::sum);
        }
        assertThat(answers.keySet()).as("seed " + SEED + ": " + answers).isSubsetOf(ANSWERS);
        assertThat(output.getAll().lines())
                .as("seed " + SEED + ": the log is bounded")
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("OutOfMemory"))
                .hasSizeLessThan(100 + 30 * (int) TIME.toMinutes()); // a dozen reasons, twice a minute
        assertAnswer(
                signed(event("after-" + SEED)), 200, "{\"status\":\"received\",\"event_id\":\"after-" + SEED + "\"}");
    }

    private byte[] request() throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        if (random.nextInt(10) == 0) {
            request.write(noise(2_000));
            return request.toByteArray();
        }
        String path = random.nextInt(8) == 0 ? "/%" : application.webhook().getPath();
        write(request, any(METHODS) + " " + path + " " + any(VERSIONS) + "\r\nHost: x\r\n");
        for (int i = random.nextInt(7); i > 0; i--) {
            write(request, any(HEADERS) + "\r\n");
        }
        write(request, "\r\n" + any(BODIES));
        return request.toByteArray();
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** With noise for each percent sign. */
    private void write(ByteArrayOutputStream request, String text) throws IOException {
        String now = String.valueOf(Instant.now().getEpochSecond());
        for (String part : text.replace("NOW", now).split("(?<=%)|(?=%)")) {
            request.write(part.equals("%") ? noise(30) : part.getBytes(ISO_8859_1));
        }
    }

    private byte[] noise(int most) {
        byte[] noise = new byte[1 + random.nextInt(most)];
        random.nextBytes(noise);
        return noise;
    }

    private static String answer(byte[] request) throws IOException {
        try (Socket socket = new Socket(
                application.webhook().getHost(), application.webhook().getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            String line = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            if (line.length() < 12) {
                return "closed";
            }
            // a request without a version is answered without a status line
            return line.startsWith("HTTP/1.1 ") ? line.substring(9) : "HTTP/0.9";
        } catch (SocketTimeoutException e) {
            return "none in 15 s";
        } catch (IOException e) {
            return "closed";
        }
    }
}
