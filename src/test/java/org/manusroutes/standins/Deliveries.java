package org.manusroutes.standins;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Delivers events as Manus does, and remembers what was answered. */
final class Deliveries {
    private static final int MOST_ATTEMPTS = 6;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<Delivery> all = new CopyOnWriteArrayList<>();
    private final ManusSigner signer;
    private final Executor workers;

    Deliveries(ManusSigner signer, Executor workers) {
        this.signer = signer;
        this.workers = workers;
    }

    List<Delivery> all() {
        return List.copyOf(all);
    }

    Delivery signed(String url, byte[] body) {
        return post(url, body, signer.headers(url, body, Instant.now()), 1);
    }

    Delivery unsigned(String url, byte[] body) {
        return post(url, body, Map.of(), 1);
    }

    /** Tries again, with a short pause that doubles, what is not answered with 200. */
    CompletableFuture<Delivery> untilAccepted(String url, byte[] body) {
        return attempt(url, body, 1);
    }

    private CompletableFuture<Delivery> attempt(String url, byte[] body, int attempt) {
        Executor later = attempt == 1
                ? workers
                : CompletableFuture.delayedExecutor(100L << attempt, TimeUnit.MILLISECONDS, workers);
        return CompletableFuture.supplyAsync(
                        () -> post(url, body, signer.headers(url, body, Instant.now()), attempt), later)
                .thenCompose(delivery -> delivery.status() == 200 || attempt == MOST_ATTEMPTS
                        ? CompletableFuture.completedFuture(delivery)
                        : attempt(url, body, attempt + 1));
    }

    private Delivery post(String url, byte[] body, Map<String, String> signature, int attempt) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signature.forEach(request::header);
        Delivery delivery;
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            delivery = new Delivery(url, eventId(body), attempt, answer.statusCode(), answer.body());
        } catch (IOException noAnswer) {
            delivery = new Delivery(url, eventId(body), attempt, 0, noAnswer.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            delivery = new Delivery(url, eventId(body), attempt, 0, "the simulator was stopped");
        }
        all.add(delivery);
        return delivery;
    }

    private static String eventId(byte[] body) {
        try {
            return JSON.readTree(body).path("event_id").asText();
        } catch (IOException noJson) {
            return "";
        }
    }

    static byte[] bytes(Map<String, Object> event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Map<String, Object> copy(Map<String, Object> event) {
        return JSON.convertValue(event, new TypeReference<>() {});
    }
}
