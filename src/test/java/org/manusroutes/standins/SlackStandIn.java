package org.manusroutes.standins;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Slack's Web API ({@code chat.postMessage}) and an incoming webhook; remembers what was posted, and can say no. */
public final class SlackStandIn implements StandIn {
    public static final String TOKEN = "xoxb-stand-in-0123456789";
    private static final String WEBHOOK_PATH = "/services/T000/B000/stand-in-secret";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final SlackAccount account = new SlackAccount(TOKEN);
    private volatile Generation current = new Generation();

    /** What it was asked and told between two resets; a request belongs to the one that it came in. */
    private static final class Generation {
        private final List<Post> posts = new CopyOnWriteArrayList<>();
        private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        private final AtomicInteger requests = new AtomicInteger();
        private final List<Map<String, Object>> updates = new CopyOnWriteArrayList<>();
        private final List<Map<String, Object>> views = new CopyOnWriteArrayList<>();
        private final List<Map<String, Object>> whispers = new CopyOnWriteArrayList<>();
    }

    private SlackStandIn(HttpServer server) {
        this.server = server;
        server.createContext("/api/chat.postMessage", exchange -> serve(exchange, false));
        server.createContext("/api/auth.test", account::authTest);
        server.createContext("/api/conversations.info", account::conversationsInfo);
        server.createContext(WEBHOOK_PATH, exchange -> serve(exchange, true));
        server.createContext("/api/chat.update", exchange -> remember(exchange, current.updates));
        server.createContext("/api/views.open", exchange -> remember(exchange, current.views));
        server.createContext("/response/", exchange -> remember(exchange, current.whispers));
        server.start();
    }

    public static SlackStandIn start() {
        try {
            return new SlackStandIn(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a bot token. */
    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "manus.slack.token",
                TOKEN,
                "manus.slack.api-url",
                url() + "/api/",
                "manus.slack.messages-per-second",
                0);
    }

    /** For an incoming webhook. */
    public Map<String, Object> webhookSettings() {
        return Map.of("manus.slack.webhook-url", url() + WEBHOOK_PATH, "manus.slack.messages-per-second", 0);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What the token may do, and which channels there are. */
    public SlackAccount account() {
        return account;
    }

    /** Messages that were taken, in order. */
    public List<Post> posts() {
        return List.copyOf(current.posts);
    }

    /** Fields of {@code chat.update}, {@code blocks} parsed. */
    public List<Map<String, Object>> updates() {
        return List.copyOf(current.updates);
    }

    /** Fields of {@code views.open}, {@code view} as JSON text. */
    public List<Map<String, Object>> views() {
        return List.copyOf(current.views);
    }

    /** What was said to one person, by a {@link #responseUrl()}. */
    public List<Map<String, Object>> whispers() {
        return List.copyOf(current.whispers);
    }

    public String responseUrl() {
        return url() + "/response/T000/1/stand-in";
    }

    private void remember(HttpExchange exchange, List<Map<String, Object>> where) throws IOException {
        String raw = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        where.add(raw.startsWith("{") ? json.readValue(raw, new TypeReference<>() {}) : form(raw));
        reply(exchange, 200, "{\"ok\":true}");
    }

    /** Requests that were read to their end, whatever the answer. */
    public int requests() {
        return current.requests.get();
    }

    /** So many requests from now are answered like this, after those already ordered. */
    public void answerNext(int count, Answer answer) {
        for (int i = 0; i < count; i++) {
            current.answers.add(answer);
        }
    }

    /** Forgets posts, orders and counts; what is still being answered adds nothing to what comes. */
    public void reset() {
        current = new Generation();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange, boolean webhook) throws IOException {
        String raw = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Generation generation = current;
        generation.requests.incrementAndGet();
        Answer ordered = generation.answers.poll();
        if (ordered != null) {
            ordered.answer(() -> take(generation, exchange, raw, webhook), exchange, webhook);
        } else {
            take(generation, exchange, raw, webhook);
        }
    }

    private void take(Generation generation, HttpExchange exchange, String raw, boolean webhook) throws IOException {
        if (!webhook && !("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
            return;
        }
        Map<String, Object> message = webhook ? json.readValue(raw, new TypeReference<>() {}) : form(raw);
        generation.posts.add(
                new Post(webhook, (String) message.get("channel"), (String) message.get("text"), message, raw));
        reply(exchange, 200, webhook ? "ok" : "{\"ok\":true,\"channel\":\"C0123456789\",\"ts\":\"1763506696.000100\"}");
    }

    private Map<String, Object> form(String raw) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
            String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            fields.put(name, name.equals("blocks") ? json.readValue(value, List.class) : value);
        }
        return fields;
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /**
     * A message that was taken.
     *
     * @param channel null for a webhook, which has its own
     * @param message the fields as sent, {@code blocks} parsed
     * @param raw the body as it came
     */
    public record Post(
            boolean webhook, @Nullable String channel, String text, Map<String, Object> message, String raw) {
        @SuppressWarnings("unchecked") // Block Kit is a list of objects
        public List<Map<String, Object>> blocks() {
            return (List<Map<String, Object>>) message.get("blocks");
        }
    }

    /** Takes the message after all, and says so. */
    @FunctionalInterface
    public interface Taking {
        void run() throws IOException;
    }

    /** What is answered instead of taking the message. */
    @FunctionalInterface
    public interface Answer {
        void answer(Taking taking, HttpExchange exchange, boolean webhook) throws IOException;

        /** Slack's rate limit; without seconds when negative. */
        static Answer tooManyRequests(int seconds) {
            return (taking, exchange, webhook) -> {
                if (seconds >= 0) {
                    exchange.getResponseHeaders().add("Retry-After", String.valueOf(seconds));
                }
                reply(exchange, 429, webhook ? "rate_limited" : "{\"ok\":false,\"error\":\"ratelimited\"}");
            };
        }

        /** {@code ok:false} with this code; for a webhook see {@link #status}. */
        static Answer refusal(String code) {
            return status(200, "{\"ok\":false,\"error\":\"" + code + "\"}");
        }

        static Answer status(int status, String body) {
            return (taking, exchange, webhook) -> reply(exchange, status, body);
        }

        /** The connection ends without an answer, after the request was read. */
        static Answer cut() {
            return (taking, exchange, webhook) -> exchange.close();
        }

        /** The message is taken, but only after this time. */
        static Answer slow(Duration delay) {
            return (taking, exchange, webhook) -> CompletableFuture.delayedExecutor(
                            delay.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        try {
                            taking.run();
                        } catch (IOException gone) {
                            exchange.close(); // who asked did not wait, or was killed: nobody is left to tell
                        }
                    });
        }
    }
}
