package org.manusroutes.notify.slack;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.manusroutes.failure.Unreachable;
import org.manusroutes.text.Untrusted;
import org.springframework.boot.context.properties.bind.Binder;

/** Asks Slack whose token it is, what it may do, and for the channels as far as it may; posts nothing. */
public final class SlackCheck implements Check {
    private static final String POST = "chat:write";
    /** With one of them conversations.info may be asked (Slack docs, conversations.info). */
    private static final Set<String> LOOK = Set.of("channels:read", "groups:read");

    private static final String CHANNEL_ID = "[CG][A-Z0-9]{6,}";

    private final Binder settings;

    public SlackCheck(Binder settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "Slack";
    }

    @Override
    public String waitsFor() {
        return "Slack's Web API (manus.slack.api-url)";
    }

    @Override
    public List<Finding> run() throws Exception {
        SlackProperties properties = settings.bindOrCreate("manus.slack", SlackProperties.class);
        return switch (properties.mode()) {
            case OFF -> List.of(Finding.off(name(), "no alerts (manus.slack.token and webhook-url are not set)"));
            case WEBHOOK ->
                List.of(Finding.ok(
                        name(), "an incoming webhook is set, which cannot be tried without posting: not tried"));
            case TOKEN -> byToken(properties);
        };
    }

    private List<Finding> byToken(SlackProperties properties) throws Exception {
        try (Slack slack = SlackClients.client(properties.apiUrl())) {
            MethodsClient methods = slack.methods(properties.token());
            AuthTestResponse answer = methods.authTest(request -> request);
            if (!answer.isOk()) {
                return List.of(refused(answer.getError()));
            }
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok(
                    name(),
                    "the token is " + Untrusted.line(answer.getUser()) + "'s in " + Untrusted.line(answer.getTeam())));
            @Nullable Set<String> scopes = scopes(answer.getHttpResponseHeaders());
            findings.add(scopes(scopes));
            Set<String> channels = new LinkedHashSet<>(List.of(properties.channel(), properties.opsChannel()));
            for (String channel : channels) {
                if (!channel.isBlank()) {
                    findings.add(channel(methods, channel, scopes));
                }
            }
            return findings;
        } catch (SlackApiException e) {
            return List.of(Finding.fail(
                    name(),
                    "Slack answered HTTP " + e.getResponse().code(),
                    "look at manus.slack.api-url; after a 429, wait a minute"));
        } catch (IOException e) {
            String server = URI.create(properties.apiUrl()).getAuthority();
            return List.of(Finding.fail(
                    name(),
                    Unreachable.of(server, e)
                            .map(Throwable::getMessage)
                            .orElse(server + " gave no answer that can be read"),
                    "let this machine reach " + server + ", or correct manus.slack.api-url"));
        }
    }

    private Finding refused(String error) {
        return Finding.fail(
                name(),
                "Slack does not take the token (" + SlackRefusal.codeIn(error) + ")",
                "copy the bot token (xoxb-...) of the installed app into manus.slack.token");
    }

    private static Finding scopes(@Nullable Set<String> scopes) {
        if (scopes == null) {
            return Finding.warn(
                    "Slack scopes",
                    "Slack does not say what the token may do",
                    "see that the app has the scope " + POST);
        }
        return scopes.contains(POST)
                ? Finding.ok("Slack scopes", String.join(", ", scopes))
                : Finding.fail(
                        "Slack scopes",
                        "the token may not post: it lacks " + POST + " (it has " + String.join(", ", scopes) + ")",
                        "add the scope " + POST + " to the app, install it again, and set its manus.slack.token");
    }

    private static Finding channel(MethodsClient methods, String channel, @Nullable Set<String> scopes)
            throws IOException, SlackApiException {
        String name = "Slack channel";
        if (!channel.matches(CHANNEL_ID) || scopes == null || scopes.stream().noneMatch(LOOK::contains)) {
            return Finding.ok(
                    name,
                    channel + ": not known without posting whether it is there and the bot is in it"
                            + (channel.matches(CHANNEL_ID)
                                    ? " (the scope channels:read would tell)"
                                    : " (only an id, C..., could be looked up)"));
        }
        ConversationsInfoResponse answer = methods.conversationsInfo(request -> request.channel(channel));
        if (!answer.isOk()) {
            return Finding.fail(
                    name,
                    channel + ": " + SlackRefusal.codeIn(answer.getError()),
                    "correct manus.slack.channel or ops-channel; invite the bot if the channel is private");
        }
        boolean open = answer.getChannel() == null || !answer.getChannel().isArchived();
        boolean member = answer.getChannel() == null || answer.getChannel().isMember();
        if (open && member) {
            return Finding.ok(name, channel + " is there, and the bot is in it");
        }
        return Finding.fail(
                name,
                channel + (open ? ": the bot is not in it" : " is archived"),
                open
                        ? "invite the bot to the channel (/invite), or correct manus.slack.channel or ops-channel"
                        : "take another one: manus.slack.channel, manus.slack.ops-channel");
    }

    /** Null when the answer does not name them. */
    private static @Nullable Set<String> scopes(@Nullable Map<String, List<String>> headers) {
        if (headers == null) {
            return null;
        }
        List<String> named = headers.entrySet().stream()
                .filter(header -> "x-oauth-scopes".equalsIgnoreCase(header.getKey()))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .toList();
        return named.isEmpty()
                ? null
                : named.stream()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .map(String::strip)
                        .filter(scope -> scope.matches("[a-z_.:-]{1,60}"))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
