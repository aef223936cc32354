package org.manusroutes.notify.slack;

import com.slack.api.Slack;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.model.Message;
import com.slack.api.model.view.View;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import okhttp3.Response;
import org.apache.camel.Exchange;
import org.manusroutes.failure.Unreachable;
import org.springframework.beans.factory.ObjectProvider;

/** What is asked of Slack besides posting: changing a message, opening a form, a word to one person. */
public final class SlackCalls {
    /** Nobody can change it any more, and nobody needs to. */
    private static final Set<String> GONE = Set.of(
            "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_inactive");

    private final SlackProperties settings;
    private final SlackText text;
    private final ObjectProvider<Slack> slack;

    SlackCalls(SlackProperties settings, SlackText text, ObjectProvider<Slack> slack) {
        this.settings = settings;
        this.text = text;
        this.slack = slack;
    }

    /**
     * Puts what is to be said of an event in the place of a message; one that is gone stays gone.
     *
     * @throws Exception as {@link SlackRefusal} sorts a refusal
     */
    public void replace(String channel, String ts, Exchange exchange) throws Exception {
        Message message = text.message(exchange);
        String code = code(() -> slack.getObject()
                .methods(settings.token().strip())
                .chatUpdate(request -> request.channel(channel)
                        .ts(ts)
                        .text(message.getText())
                        .blocks(message.getBlocks())
                        .linkNames(false)));
        if (!code.isEmpty() && !GONE.contains(code)) {
            throw new SlackRefusal(200, code, null).failure(SlackProperties.Mode.TOKEN, channel);
        }
    }

    /**
     * Opens a form for who has pressed a button.
     *
     * @return Slack's code when it refuses; empty when the form is open
     */
    public String open(String triggerId, View view) throws Exception {
        return code(() -> slack.getObject()
                .methods(settings.token().strip())
                .viewsOpen(request -> request.triggerId(triggerId).view(view)));
    }

    /**
     * Says something to nobody but the one who has pressed a button.
     *
     * @param responseUrl out of a request that Slack has signed
     */
    public void whisper(String responseUrl, String words) throws IOException {
        URI url = URI.create(responseUrl);
        if (!isOfSlack(url)) {
            throw new IOException("a response_url on " + url.getHost() + ", which is not Slack");
        }
        Map<String, Object> message = Map.of(
                "response_type", "ephemeral", "replace_original", false, "text", Mrkdwn.text(words, Mrkdwn.SECTION));
        try (Response response = slack.getObject().getHttpClient().postJsonBody(responseUrl, message)) {
            if (!response.isSuccessful()) {
                throw new IOException("HTTP " + response.code());
            }
        }
    }

    private boolean isOfSlack(URI url) {
        String host = Objects.requireNonNullElse(url.getHost(), "").toLowerCase(Locale.ROOT);
        URI api = URI.create(settings.apiUrl());
        return ("https".equals(url.getScheme()) && (host.equals("slack.com") || host.endsWith(".slack.com")))
                || (Objects.equals(url.getAuthority(), api.getAuthority())
                        && Objects.equals(url.getScheme(), api.getScheme()));
    }

    /** A call of the SDK. */
    private interface Call {
        SlackApiTextResponse make() throws IOException, SlackApiException;
    }

    private String code(Call call) throws Exception {
        try {
            SlackApiTextResponse answer = call.make();
            return answer.isOk() ? "" : Objects.requireNonNullElse(SlackRefusal.codeIn(answer.getError()), "");
        } catch (SlackApiException e) {
            Response response = e.getResponse();
            throw new SlackRefusal(response.code(), "", response.header("Retry-After"))
                    .failure(SlackProperties.Mode.TOKEN, "the channel");
        } catch (IOException e) {
            throw Unreachable.of(URI.create(settings.apiUrl()).getAuthority(), e)
                    .map(IOException.class::cast)
                    .orElse(e);
        }
    }
}
