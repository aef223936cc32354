package org.manusroutes.standins;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Serves files under signed URLs that expire, as the vendor's CDN does. */
final class FileShelf implements HttpHandler {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicInteger serial = new AtomicInteger();
    private final String baseUrl;
    private final String secret = UUID.randomUUID().toString();

    FileShelf(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** Puts the file on the shelf; the answer is an attachment as events carry it. */
    Map<String, Object> attachment(String fileName, byte[] content) {
        String path = "/files/" + Ids.taskId() + "/"
                + URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20");
        files.put(path, content);
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("file_name", fileName);
        attachment.put("url", signed(path));
        attachment.put("size_bytes", content.length);
        return attachment;
    }

    /** The same file under a URL that was signed now. */
    String resigned(String url) {
        int query = url.indexOf('?');
        return signed(url.substring(baseUrl.length(), query < 0 ? url.length() : query));
    }

    /** From now on the URLs handed out so far answer 403. */
    void expireUrls() {
        generation.incrementAndGet();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            byte[] content = files.get(path);
            if (content == null) {
                HttpAnswers.send(exchange, 404, "text/plain", "no such file");
            } else if (!isValid(path, exchange.getRequestURI().getRawQuery())) {
                HttpAnswers.send(exchange, 403, "application/xml", "<Error><Code>AccessDenied</Code></Error>");
            } else {
                HttpAnswers.send(exchange, 200, "application/octet-stream", content);
            }
        }
    }

    private String signed(String path) {
        String policy = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ("{\"generation\":" + generation.get() + ",\"serial\":" + serial.incrementAndGet() + "}")
                                .getBytes(StandardCharsets.UTF_8));
        return baseUrl + path + "?Policy=" + policy + "&Signature=" + signature(path, policy)
                + "&Key-Pair-Id=K2HSFNDJXOU9YS";
    }

    private boolean isValid(String path, @Nullable String query) {
        if (query == null) {
            return false;
        }
        List<String> parts = List.of(query.split("&", -1));
        return parts.stream()
                .filter(part -> part.startsWith("Policy="))
                .map(part -> part.substring("Policy=".length()))
                .anyMatch(policy -> parts.contains("Signature=" + signature(path, policy)) && isCurrent(policy));
    }

    private boolean isCurrent(String policy) {
        String statement = new String(Base64.getUrlDecoder().decode(policy), StandardCharsets.UTF_8);
        return statement.startsWith("{\"generation\":" + generation.get() + ",");
    }

    private String signature(String path, String policy) {
        return UUID.nameUUIDFromBytes((secret + path + policy).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
