package org.manusroutes.standins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Any HTTP API: remembers what it was asked on each path, and answers as it was told, else 200 and {@code {}}. */
public final class ApiStandIn implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();

    /** @param query as it came, encoded; null for none */
    public record Request(
            String method, String path, @Nullable String query, Headers headers, String body) {
        /** @throws IOException when the body is no JSON */
        public JsonNode json() throws IOException {
            return new JsonMapper().readTree(body);
        }

        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    private record Answer(int status, String body) {}

    private ApiStandIn(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    public static ApiStandIn start() {
        try {
            return new ApiStandIn(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The next request of that path is answered like this, after those already ordered. */
    public void answerNext(String path, int status, String body) {
        answers.computeIfAbsent(path, any -> new ConcurrentLinkedQueue<>()).add(new Answer(status, body));
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Headers headers = new Headers();
        headers.putAll(exchange.getRequestHeaders());
        Queue<Answer> ordered = answers.get(path);
        Answer next = ordered == null ? null : ordered.poll();
        Answer answer = next == null ? new Answer(200, "{}") : next;
        requests.add(new Request(
                exchange.getRequestMethod(), path, exchange.getRequestURI().getRawQuery(), headers, body));
        try (exchange) {
            HttpAnswers.send(exchange, answer.status(), "application/json", answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
