package org.manusroutes.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The one HTTP client of the tests; no request of it is without a bound. */
public final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private Http() {}

    public static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE);
    }

    public static HttpRequest.Builder json(URI uri, String body) {
        return json(uri, BodyPublishers.ofString(body));
    }

    public static HttpRequest.Builder json(URI uri, BodyPublisher body) {
        return request(uri).header("Content-Type", "application/json").POST(body);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, BodyHandlers.ofString());
    }

    public static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return client.send(request.build(), body);
    }
}
