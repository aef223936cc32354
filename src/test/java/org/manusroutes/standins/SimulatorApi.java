package org.manusroutes.standins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP side of the API, v2 and what v1 has: key, faults, envelope; what a call does is in {@link SimulatorCalls}.
 */
final class SimulatorApi implements HttpHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger limited = new AtomicInteger();
    private final AtomicInteger hidden = new AtomicInteger();
    private final CallTimes times = new CallTimes();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean limits;
    private final AtomicInteger unheard = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger serial = new AtomicInteger();
    private final SimulatorCalls does;
    private final String apiKey;

    SimulatorApi(SimulatorCalls does, String apiKey) {
        this.does = does;
        this.apiKey = apiKey;
    }

    /** Method and path of each call, in their order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** Whether calls beyond the limits of a minute answer 429. */
    void keepLimits(boolean keep) {
        limits = keep;
    }

    /** The most calls of a kind ({@code read}, {@code send}, {@code write}) within any 60 seconds. */
    int mostInAMinute(String kind) {
        return times.mostInAMinute(kind);
    }

    /** How many calls were answered with 429. */
    int refused() {
        return refused.get();
    }

    /** The next calls, this many, answer 429. */
    void limitNext(int count) {
        limited.set(count);
    }

    /** The next calls of task.listMessages, this many, answer 404, as they do shortly after a task was created. */
    void hideMessages(int count) {
        hidden.set(count);
    }

    /** The next POSTs, this many, get no answer: their connection is cut, after they were heard, or before. */
    void cutNext(int count, boolean heard) {
        (heard ? unanswered : unheard).set(count);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String call = exchange.getRequestMethod() + " " + path;
            calls.add(call);
            boolean tooMany = !times.count(call) && limits;
            boolean v1 = path.startsWith("/v1/");
            String requestId = "req_%06d".formatted(serial.incrementAndGet());
            String key = exchange.getRequestHeaders().getFirst(v1 ? "API_KEY" : "x-manus-api-key");
            JsonNode body = body(exchange);
            boolean post = call.startsWith("POST ");
            if (post && takeOne(unheard)) {
                return; // closes the connection
            }
            SimulatorCalls.Answer answer;
            if (!apiKey.equals(key)) {
                answer = SimulatorCalls.Answer.error(401, "unauthorized", "invalid API key");
            } else if (takeOne(limited) || tooMany) {
                refused.incrementAndGet();
                answer = SimulatorCalls.Answer.error(429, "rate_limited", "too many requests");
            } else if (path.endsWith("/task.listMessages") && takeOne(hidden)) {
                answer = SimulatorCalls.Answer.error(404, "not_found", "task not found");
            } else {
                answer = does.what(call, body, query(exchange));
            }
            if (post && takeOne(unanswered)) {
                return;
            }
            HttpAnswers.json(exchange, answer.status(), v1 ? answer.body() : enveloped(answer, requestId));
        }
    }

    private static Map<String, Object> enveloped(SimulatorCalls.Answer answer, String requestId) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("ok", answer.status() < 400);
        envelope.put("request_id", requestId);
        if (answer.status() < 400) {
            envelope.putAll(answer.body());
        } else {
            envelope.put("error", answer.body());
        }
        return envelope;
    }

    private static boolean takeOne(AtomicInteger counter) {
        return counter.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getQuery();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            query.put(part.substring(0, equals), part.substring(equals + 1));
        }
        return query;
    }
}
