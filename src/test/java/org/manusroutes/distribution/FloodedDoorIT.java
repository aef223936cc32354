package org.manusroutes.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.support.Distribution;
import org.manusroutes.support.Http;

/** Senders who announce much and finish nothing, with forged signatures; in a process with 256 MB. */
@Timeout(300)
class FloodedDoorIT {
    private static final String PUBLIC_URL = "https://hooks.example.org/webhooks/manus";
    private static final int MAX_BODY = 2 * 1024 * 1024;

    @TempDir
    private Path folder;

    private final ManusSimulator manus = ManusSimulator.start();
    private final List<SocketChannel> attackers = new ArrayList<>();
    private Distribution distribution;

    @BeforeEach
    void start() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        distribution = Distribution.unzip(
                folder, java, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-jar", "manus-webhook-routes.jar");
        distribution
                .start(manus.settings(), Map.of("manus.webhook.public-url", PUBLIC_URL))
                .awaitReady();
    }

    @AfterEach
    void stop() throws IOException {
        for (SocketChannel attacker : attackers) {
            attacker.close();
        }
        distribution.close();
        manus.close();
    }

    @Test
    void takesEventsWhileHundredsOfLargeBodiesDoNotEnd() throws Exception {
        byte[] body = new byte[MAX_BODY - 9];
        for (int i = 0; i < 400; i++) {
            attackers.add(begun(MAX_BODY));
        }
        assertTakesAnEvent("before");
        for (SocketChannel attacker : attackers) {
            send(attacker, body);
        }
        assertTakesAnEvent("while");
        assertThat(distribution.get("/actuator/health/liveness")).contains("UP");
        await().until(() -> attackers.stream().allMatch(FloodedDoorIT::isAnswered));
        assertTakesAnEvent("after");
    }

    @Test
    void takesEventsWhileHundredsOfSmallBodiesDrip() throws Exception {
        for (int i = 0; i < 230; i++) {
            attackers.add(begun(1_000));
        }
        Instant begin = Instant.now();
        int delivered = 0;
        while (Duration.between(begin, Instant.now()).toSeconds() < 15) {
            for (SocketChannel attacker : attackers) {
                send(attacker, new byte[1]);
            }
            assertTakesAnEvent("drip-" + delivered++);
            Thread.sleep(500);
        }
        assertThat(attackers).as("ten seconds are over").allMatch(FloodedDoorIT::isAnswered);
    }

    /** A delivery with all its headers, and as yet no body; its signature is well formed, and no one's. */
    private SocketChannel begun(int announced) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", distribution.port()));
        String head = "POST /webhooks/manus HTTP/1.1\r\nHost: hooks.example.org\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + announced + "\r\nX-Webhook-Timestamp: "
                + Instant.now().getEpochSecond() + "\r\nX-Webhook-Signature: "
                + Base64.getEncoder().encodeToString(new byte[256]) + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
        channel.configureBlocking(false);
        return channel;
    }

    /** As much as the receiver takes now. */
    private static void send(SocketChannel channel, byte[] bytes) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            for (int idle = 0; rest.hasRemaining() && idle < 20; ) {
                if (channel.write(rest) == 0) {
                    idle++;
                    Thread.sleep(1);
                }
            }
        } catch (IOException answeredAndClosed) {
            // what it is to come to
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is an answer to read, or the connection was closed. */
    private static boolean isAnswered(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1_000)) != 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private void assertTakesAnEvent(String id) throws Exception {
        byte[] event = ("{\"event_id\":\"" + id
                        + "\",\"event_type\":\"task_created\",\"task_detail\":{\"task_id\":\"t\"}}")
                .getBytes(UTF_8);
        var request = Http.json(distribution.webhook(), BodyPublishers.ofByteArray(event));
        manus.signature(PUBLIC_URL, event, Instant.now()).forEach(request::header);
        HttpResponse<String> answer = Http.send(request.timeout(Duration.ofSeconds(5)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
