package org.manusroutes.standins;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Files that are given to the simulator: a name, then a PUT to a URL that is good for it alone. */
final class Uploads implements HttpHandler {
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final AtomicInteger serial = new AtomicInteger();
    private final String baseUrl;

    Uploads(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** The answer of {@code file.upload}. */
    Map<String, Object> announce(String filename) {
        String id = "file_%04d".formatted(serial.incrementAndGet());
        names.put(id, filename);
        return Map.of(
                "file",
                Map.of("id", id, "filename", filename, "status", "pending"),
                "upload_url",
                baseUrl + "/uploads/" + id + "?Signature=" + Ids.taskId(),
                "upload_expires_at",
                System.currentTimeMillis() / 1000 + 180);
    }

    boolean has(String id) {
        return contents.containsKey(id);
    }

    /** What was put, by the names that were announced. */
    Map<String, byte[]> contents() {
        Map<String, byte[]> byName = new LinkedHashMap<>();
        contents.forEach((id, content) -> byName.put(names.get(id), content));
        return byName;
    }

    /** Refuses what carries the key of the API: it would be told to a stranger. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = exchange.getRequestURI().getPath().substring("/uploads/".length());
            byte[] content = exchange.getRequestBody().readAllBytes();
            boolean allowed = exchange.getRequestMethod().equals("PUT")
                    && names.containsKey(id)
                    && !exchange.getRequestHeaders().containsKey("x-manus-api-key");
            if (allowed) {
                contents.put(id, content);
            }
            HttpAnswers.send(exchange, allowed ? 200 : 403, "application/xml", allowed ? "" : "<Error/>");
        }
    }
}
