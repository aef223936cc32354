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

/**
 * Posts a message and returns only when Slack has said yes; anything else is thrown as {@link SlackRefusal} sorts it.
 *
 * <p>The body is a {@link Message}, whose channel goes before the endpoint's, or a text in Slack's markup. No message
 * of an exception holds the token or the webhook's URL.
 */
final class StrictSlackProducer extends DefaultProducer {
    private final SlackEndpoint endpoint;
    private final Slack slack;

    StrictSlackProducer(SlackEndpoint endpoint, Slack slack) {
        super(endpoint);
        this.endpoint = endpoint;
        this.slack = slack;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = message(exchange);
        String channel = ObjectHelper.isEmpty(message.getChannel()) ? endpoint.getChannel() : message.getChannel();
        if (ObjectHelper.isNotEmpty(endpoint.getToken())) {
            postByToken(message, channel);
        } else if (ObjectHelper.isNotEmpty(endpoint.getWebhookUrl())) {
            postByWebhook(message, channel);
        } else {
            throw new PermanentFailure("Slack is off: set manus.slack.token or manus.slack.webhook-url.");
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
