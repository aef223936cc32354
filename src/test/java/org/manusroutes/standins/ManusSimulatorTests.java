package org.manusroutes.standins;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Http;

class ManusSimulatorTests {
    private final AtomicInteger refusals = new AtomicInteger();
    private ManusSimulator manus;
    private HttpServer receiver;

    @BeforeEach
    void start() throws IOException {
        manus = ManusSimulator.start();
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 503 : 200, -1);
            exchange.close();
        });
        receiver.start();
        manus.register("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        manus.close();
        receiver.stop(0);
    }

    @Test
    void deliversATaskInFourEventsAndAgainWhatWasRefused() {
        refusals.set(2);

        SimulatedTask task = manus.sampleTask(SampleTask.FILES);

        Bounded.untilExactly(4, () -> accepted().size());
        assertThat(manus.deliveries()).hasSize(6).anyMatch(delivery -> delivery.attempt() > 1);
        assertThat(accepted())
                .extracting(Delivery::eventId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("task_(created|progress|stopped)_" + task.id() + "_\\d{10}"));
    }

    @Test
    void tellsWhatTheReceiverAnswered() {
        refusals.set(1);
        Map<String, Object> event = manus.event("task_stopped").reason("finish").build();

        assertThat(manus.deliver(event).status()).isEqualTo(503);
        assertThat(manus.deliver(event).status()).isEqualTo(200);
        receiver.stop(0);
        assertThat(manus.deliver(event).status()).isZero();
    }

    @Test
    void buildsTheShapesThatAreDocumentedAndSeen() {
        assertThat(manus.event("task_stopped", "task_abc123").withoutSeconds().build())
                .containsEntry("event_id", "task_stopped_task_abc123");
        assertThat(manus.event("task_stopped", "a").at(1763506696).build())
                .containsEntry("event_id", "task_stopped_a_1763506696");
        assertThat(manus.event("task_progress", "a").message("m").build())
                .containsEntry(
                        "progress_detail", Map.of("task_id", "a", "progress_type", "plan_update", "message", "m"));
        assertThat(manus.event("task_created", "a")
                        .flat()
                        .withoutUrl()
                        .title("t")
                        .build())
                .containsEntry("task_id", "a")
                .containsEntry("task_title", "t")
                .doesNotContainKeys("task_detail", "task_url");
    }

    @Test
    void servesFilesUntilTheirUrlsExpireAndSignsThemAgain() throws Exception {
        Map<String, Object> event = manus.event("task_stopped")
                .attachment("Übersicht & mehr.csv", SampleFiles.csv())
                .build();
        assertThat(fetch(url(event))).isEqualTo(SampleFiles.csv());
        assertThat(fetch(url(event).replaceFirst("Signature=.", "Signature=x"))).isNotEqualTo(SampleFiles.csv());

        manus.expireUrls();
        Map<String, Object> resigned = manus.resigned(event);

        assertThat(new String(fetch(url(event)), StandardCharsets.UTF_8)).contains("AccessDenied");
        assertThat(url(resigned)).isNotEqualTo(url(event));
        assertThat(fetch(url(resigned))).isEqualTo(SampleFiles.csv());
        assertThat(resigned).containsEntry("event_id", event.get("event_id"));
    }

    @Test
    void makesAPdfWhoseCrossReferencesHold() {
        String pdf = new String(SampleFiles.pdf("Revenue (Q3)"), StandardCharsets.ISO_8859_1);

        int table = Integer.parseInt(pdf.replaceAll("(?s).*startxref\n(\\d+)\n.*", "$1"));
        assertThat(pdf.substring(table)).startsWith("xref\n0 6\n");
        List<String> entries = pdf.substring(table).lines().skip(3).limit(5).toList();
        for (int i = 0; i < entries.size(); i++) {
            int offset = Integer.parseInt(entries.get(i).substring(0, 10));
            assertThat(pdf.substring(offset)).startsWith((i + 1) + " 0 obj");
        }
        assertThat(pdf).contains("Revenue \\(Q3\\)");
    }

    private List<Delivery> accepted() {
        return manus.deliveries().stream().filter(Delivery::isAccepted).toList();
    }

    private static String url(Map<String, Object> event) {
        return String.valueOf(event).replaceAll("(?s).*url=(http[^,}]+/files/[^,}]+).*", "$1");
    }

    private static byte[] fetch(String url) throws IOException, InterruptedException {
        return Http.send(Http.request(URI.create(url)), BodyHandlers.ofByteArray())
                .body();
    }
}
