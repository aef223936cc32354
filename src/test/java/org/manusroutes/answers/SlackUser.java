package org.manusroutes.answers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.slack.api.app_backend.SlackSignature;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manusroutes.support.Http;

/** Somebody on Slack: sends what Slack's documentation shows for buttons and forms, signed as Slack signs. */
final class SlackUser {
    static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private static final JsonMapper json = new JsonMapper();

    private final URI interactions;
    private final String name;
    private final String responseUrl;

    SlackUser(URI application, String name, String responseUrl) {
        this.interactions = application.resolve("/slack/interactions");
        this.name = name;
        this.responseUrl = responseUrl;
    }

    /** Slack docs, block_actions payloads. */
    Map<String, Object> pressing(long question, String action) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("type", "block_actions");
        payload.put("user", Map.of("id", "W12345678", "username", name, "name", name, "team_id", "T9TK3CUKW"));
        payload.put("api_app_id", "A02");
        payload.put("token", "Shh_its_a_seekrit");
        payload.put(
                "container", Map.of("type", "message", "message_ts", "1763506696.000100", "channel_id", "C0123456789"));
        payload.put("trigger_id", "12466734323.1395872398");
        payload.put("team", Map.of("id", "T9TK3CUKW", "domain", "example"));
        payload.put("response_url", responseUrl);
        payload.put(
                "actions",
                List.of(Map.of(
                        "type",
                        "button",
                        "block_id",
                        "question:" + question,
                        "action_id",
                        action,
                        "text",
                        Map.of("type", "plain_text", "text", "EUR", "emoji", true),
                        "action_ts",
                        "1763506700.000000")));
        return payload;
    }

    /** Slack docs, view_submission payloads. */
    Map<String, Object> submitting(long question, Map<String, Object> values) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("type", "view_submission");
        payload.put("team", Map.of("id", "T9TK3CUKW", "domain", "example"));
        payload.put("user", Map.of("id", "W12345678", "name", name));
        payload.put(
                "view",
                Map.of(
                        "id",
                        "VNHU13V36",
                        "type",
                        "modal",
                        "private_metadata",
                        String.valueOf(question),
                        "callback_id",
                        "answer",
                        "state",
                        Map.of("values", values),
                        "hash",
                        "156663117.cd33ad1f"));
        return payload;
    }

    /** A text in a block of this name. */
    static Map<String, Object> typed(String block, String text) {
        return Map.of(block, Map.of(block, Map.of("type", "plain_text_input", "value", text)));
    }

    static String form(Map<String, Object> payload) throws Exception {
        return "payload=" + URLEncoder.encode(json.writeValueAsString(payload), StandardCharsets.UTF_8);
    }

    HttpResponse<String> sends(Map<String, Object> payload) throws Exception {
        return sends(form(payload), Instant.now().getEpochSecond());
    }

    HttpResponse<String> sends(String form, long timestamp) throws Exception {
        String signature = new SlackSignature.Generator(SECRET).generate(String.valueOf(timestamp), form);
        return Http.send(request(form, String.valueOf(timestamp), signature));
    }

    HttpRequest.Builder request(String form, String timestamp, String signature) {
        return Http.request(interactions)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature)
                .POST(BodyPublishers.ofString(form));
    }
}
