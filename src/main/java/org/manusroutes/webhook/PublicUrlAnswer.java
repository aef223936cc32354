package org.manusroutes.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who it is that has answered a GET of the public URL. */
final class PublicUrlAnswer {
    private static final JsonMapper json = new JsonMapper();
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>\\s*([^<]{1,80})", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final URI uri;
    private final String path;
    private final int status;
    private final HttpHeaders headers;

    /** @param path that the receiver listens on */
    PublicUrlAnswer(URI uri, String path, int status, HttpHeaders headers) {
        this.uri = uri;
        this.path = path;
        this.status = status;
        this.headers = headers;
    }

    Look judge(String body) {
        String error = field(body, "error");
        if (status == Refusal.METHOD.status() && Refusal.METHOD.sentence().equals(error)) {
            return Look.good("this receiver answers at " + uri.getHost());
        }
        if (status == 503 && ReadinessFilter.NOT_READY.equals(error)) {
            return Look.uncertain(
                    "the receiver is there and takes no deliveries: it is starting or stopping",
                    "wait until /actuator/health/readiness answers 200");
        }
        String tunnel = headers.firstValue("ngrok-error-code").orElse("");
        if (!tunnel.isEmpty()) {
            return Look.wrong(
                    "the tunnel answers " + status + " " + tunnel,
                    "start the tunnel again (docs/tunnels.md); a free one then has another host, which belongs into"
                            + " manus.webhook.public-url");
        }
        if (status / 100 == 3) {
            return Look.wrong(
                    "it answers " + status + " and sends callers on to "
                            + headers.firstValue("Location").orElse("nowhere"),
                    "register the URL that answers without a redirect, in manus.webhook.public-url");
        }
        return switch (status) {
            case 401, 403, 407 ->
                Look.wrong(
                        "a " + status + " comes from something in front of the receiver" + of(body),
                        "let POST " + uri.getPath() + " through without a login; the signature is what lets Manus in");
            case 404, 410 -> notFound(body);
            case 502, 503, 504, 530 ->
                Look.wrong(
                        "the proxy answers " + status + of(body) + ": it does not reach the receiver",
                        "start the receiver, or correct the address in the proxy or tunnel (server.port)");
            default ->
                Look.wrong(
                        "another server answers " + status + of(body),
                        "point manus.webhook.public-url, its DNS record or its proxy to this receiver" + otherPath());
        };
    }

    private Look notFound(String body) {
        boolean ours = path.equals(uri.getPath());
        boolean aReceiver = field(body, "path").equals(uri.getPath())
                && field(body, "status").equals("404");
        String found = "it answers " + status + of(body);
        if (aReceiver && !ours) {
            return Look.wrong(
                    found + ": a receiver is there, and its path is not " + uri.getPath(),
                    "make the path of manus.webhook.public-url that of manus.webhook.path (" + path
                            + "), and register it again");
        }
        return Look.wrong(
                found + ": the proxy passes " + uri.getPath() + " on to nobody",
                "pass it on to the receiver, whose manus.webhook.path is " + path + otherPath());
    }

    /** Said when it may be the reason. */
    private String otherPath() {
        return path.equals(uri.getPath())
                ? ""
                : "; the URL has the path " + (uri.getPath().isEmpty() ? "/" : uri.getPath())
                        + ", and manus.webhook.path is " + path;
    }

    /** The server's name, or the title of its page, to know it by. */
    private String of(String body) {
        Matcher title = TITLE.matcher(body);
        String name = title.find()
                ? title.group(1).strip()
                : headers.firstValue("Server").orElse("");
        return name.isEmpty() ? "" : " ('" + name + "')";
    }

    private static String field(String body, String name) {
        try {
            JsonNode tree = json.readTree(body);
            return tree == null
                    ? ""
                    : Objects.requireNonNullElse(tree.path(name).asText(""), "");
        } catch (JsonProcessingException noJson) {
            return "";
        }
    }
}
