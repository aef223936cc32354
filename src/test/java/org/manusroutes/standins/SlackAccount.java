package org.manusroutes.standins;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whose token it is, what it may do, and the channel {@value #CHANNEL}: {@code auth.test}, {@code conversations.info}. */
public final class SlackAccount {
    public static final String CHANNEL = "C0123456789";

    private final String token;
    private volatile String scopes = "chat:write,channels:read";
    private volatile boolean member = true;

    SlackAccount(String token) {
        this.token = token;
    }

    /** What the token may do from now on, as in the header {@code x-oauth-scopes}. */
    public void scopes(String list) {
        scopes = list;
    }

    /** Whether the bot is in the channel from now on. */
    public void member(boolean isMember) {
        member = isMember;
    }

    void authTest(HttpExchange exchange) throws IOException {
        answer(exchange, Map.of("ok", true, "user", "manus", "team", "Acme", "team_id", "T000", "user_id", "U000"));
    }

    void conversationsInfo(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        answer(
                exchange,
                asked.contains("channel=" + CHANNEL)
                        ? Map.of("ok", true, "channel", Map.of("id", CHANNEL, "is_member", member))
                        : Map.of("ok", false, "error", "channel_not_found"));
    }

    private void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
        try (exchange) {
            boolean known =
                    ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (known) {
                exchange.getResponseHeaders().set("x-oauth-scopes", scopes);
            }
            HttpAnswers.json(exchange, 200, known ? body : Map.of("ok", false, "error", "invalid_auth"));
        }
    }
}
