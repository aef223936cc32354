package org.manusroutes.notify;

import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Message;
import com.slack.api.webhook.Payload;
import com.slack.api.webhook.WebhookResponse;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;

/**
 * Posts a message and returns only when Slack has said yes; anything else is thrown as {@link SlackRefusal} sorts it.
 *
 * <p>A message whose turn on its channel has not come is not posted: see {@link SlackPace}. The body is a {@link Message}, whose channel goes before the endpoint's, or a text in Slack's markup. No message
 * of an exception holds the token or the webhook's URL.
 */
final class StrictSlackProducer extends DefaultProducer {
    private final SlackEndpoint endpoint;
    private final Slack slack;
    private final SlackPace pace;

    StrictSlackProducer(SlackEndpoint endpoint, Slack slack, SlackPace pace) {
        super(endpoint);
        this.endpoint = endpoint;
        this.slack = slack;
        this.pace = pace;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = message(exchange);
        String channel = ObjectHelper.isEmpty(message.getChannel()) ? endpoint.getChannel() : message.getChannel();
        boolean token = ObjectHelper.isNotEmpty(endpoint.getToken());
        if (!token && ObjectHelper.isEmpty(endpoint.getWebhookUrl())) {
            throw new PermanentFailure("Slack is off: set manus.slack.token or manus.slack.webhook-url.");
        }
        String key = exchange.getVariable("eventKey", exchange.getExchangeId(), String.class);
        SlackPace.Turn turn = pace.turn(token ? channel : "the webhook's channel", key);
        try {
            if (token) {
                postByToken(message, channel);
            } else {
                postByWebhook(message, channel);
            }
            turn.answered();
        } catch (PermanentFailure e) {
            turn.answered();
            throw e;
        } catch (RetryLater e) {
            turn.failed(e.delay());
            throw e;
        } catch (Exception e) {
            turn.failed(null);
            throw e;
        }
    }

    private static Message message(Exchange exchange) throws InvalidPayloadException {
        if (exchange.getMessage().getBody() instanceof Message ready) {
            return ready;
        }
        Message message = new Message();
        message.setText(exchange.getMessage().getMandatoryBody(String.class));
        return message;
    }

    private void postByToken(Message message, String channel) throws Exception {
        SlackRefusal refusal;
        try {
            ChatPostMessageResponse answer = slack.methods(endpoint.getToken())
                    .chatPostMessage(request -> request.channel(channel)
                            .text(message.getText())
                            .blocks(message.getBlocks())
                            .attachments(message.getAttachments())
                            .linkNames(false)
                            .unfurlLinks(false)
                            .unfurlMedia(false));
            if (answer.isOk()) {
                return;
            }
            refusal = new SlackRefusal(200, SlackRefusal.codeIn(answer.getError()), null);
        } catch (SlackApiException e) {
            String code = e.getError() == null ? null : e.getError().getError();
            refusal = new SlackRefusal(
                    e.getResponse().code(),
                    SlackRefusal.codeIn(code),
                    e.getResponse().header("Retry-After"));
        } catch (JsonParseException e) {
            throw new SlackUnavailableException(
                    "Slack's answer is not JSON. Is manus.slack.api-url right, or does a proxy answer in its place?");
        }
        throw refusal.failure(SlackProperties.Mode.TOKEN, channel);
    }

    private void postByWebhook(Message message, String channel) throws Exception {
        Payload payload = Payload.builder()
                .text(message.getText())
                .blocks(message.getBlocks())
                .attachments(message.getAttachments())
                .unfurlLinks(false)
                .unfurlMedia(false)
                .build();
        WebhookResponse answer = slack.send(endpoint.getWebhookUrl(), payload);
        if (answer.getCode() < 200 || answer.getCode() > 299) {
            throw new SlackRefusal(answer.getCode(), SlackRefusal.codeIn(answer.getBody()), retryAfter(answer))
                    .failure(SlackProperties.Mode.WEBHOOK, channel);
        }
    }

    /** OkHttp gives header names in lower case here. */
    private static @Nullable String retryAfter(WebhookResponse answer) {
        Map<String, List<String>> headers = answer.getHeaders();
        List<String> values = headers.getOrDefault("retry-after", List.of());
        return values.isEmpty() ? null : values.get(0);
    }
}
