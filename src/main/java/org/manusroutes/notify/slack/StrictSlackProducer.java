package org.manusroutes.notify.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.slack.api.Slack;
import com.slack.api.methods.Methods;
import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.model.Message;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.webhook.Payload;
import com.slack.api.webhook.WebhookResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.failure.Unreachable;

/**
 * Posts a message and returns only when Slack has said yes; anything else is thrown as {@link SlackRefusal} sorts it.
 *
 * <p>A message whose turn on its channel has not come is not posted: see {@link SlackPace}. The body is a
 * {@link Message}, whose channel takes precedence over the endpoint's, or a text in Slack's markup. No message of an
 * exception holds the token or the webhook's URL.
 */
final class StrictSlackProducer extends DefaultProducer {
    private static final JsonMapper json = new JsonMapper();

    private final SlackEndpoint endpoint;
    private final Slack slack;
    private final SlackPace pace;
    private final Consumer<PostedQuestion> posted;

    /** @param posted told of each message with buttons */
    StrictSlackProducer(SlackEndpoint endpoint, Slack slack, SlackPace pace, Consumer<PostedQuestion> posted) {
        super(endpoint);
        this.endpoint = endpoint;
        this.slack = slack;
        this.pace = pace;
        this.posted = posted;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = message(exchange);
        String channel = ObjectHelper.isEmpty(message.getChannel()) ? endpoint.getChannel() : message.getChannel();
        boolean token = ObjectHelper.isNotEmpty(endpoint.getToken());
        if (!token && ObjectHelper.isEmpty(endpoint.getWebhookUrl())) {
            throw new PermanentFailure("Slack is off: set manus.slack.token or manus.slack.webhook-url.");
        }
        String key = exchange.getVariable(EventVariables.EVENT_KEY, exchange.getExchangeId(), String.class);
        SlackPace.Turn turn = pace.turn(token ? channel : "the webhook's channel", key);
        try {
            if (token) {
                postByToken(message, channel, key);
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
        } catch (Exception | Error e) {
            turn.failed(null); // or the channel would wait for its probe for ever
            String url = token ? slack.getConfig().getMethodsEndpointUrlPrefix() : endpoint.getWebhookUrl();
            Optional<Unreachable> unreachable = Unreachable.of(URI.create(url).getAuthority(), e);
            if (unreachable.isPresent()) {
                throw unreachable.get();
            }
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

    /** By the SDK's client and form, but without its reading of the answer, which sets up a new Gson for each. */
    private void postByToken(Message message, String channel, String key) throws Exception {
        ChatPostMessageRequest request = ChatPostMessageRequest.builder()
                .channel(channel)
                .text(message.getText())
                .blocks(message.getBlocks())
                .attachments(message.getAttachments())
                .linkNames(false)
                .unfurlLinks(false)
                .unfurlMedia(false)
                .build();
        String url = slack.getConfig().getMethodsEndpointUrlPrefix() + Methods.CHAT_POST_MESSAGE;
        try (Response response = slack.getHttpClient()
                .postFormWithBearerHeader(
                        url,
                        endpoint.getToken(),
                        RequestFormBuilder.toForm(request).build())) {
            ResponseBody body = response.body();
            JsonNode answer = answer(response.code(), body == null ? "" : body.string());
            if (response.code() == 200 && answer.path("ok").asBoolean()) {
                if (hasButtons(message)) {
                    posted.accept(new PostedQuestion(
                            key,
                            answer.path("channel").asText(),
                            answer.path("ts").asText()));
                }
                return;
            }
            throw new SlackRefusal(
                            response.code(),
                            SlackRefusal.codeIn(answer.path("error").asText(null)),
                            response.header("Retry-After"))
                    .failure(SlackProperties.Mode.TOKEN, channel);
        }
    }

    private static boolean hasButtons(Message message) {
        return message.getBlocks() != null && message.getBlocks().stream().anyMatch(ActionsBlock.class::isInstance);
    }

    private static JsonNode answer(int status, String body) throws SlackUnavailableException {
        try {
            JsonNode answer = json.readTree(body);
            if (answer.isObject() || status != 200) {
                return answer;
            }
        } catch (JsonProcessingException e) {
            if (status != 200) {
                return json.missingNode();
            }
        }
        throw new SlackUnavailableException(
                "Slack's answer is not JSON. Is manus.slack.api-url right, or does a proxy answer in its place?");
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
        String body = Objects.requireNonNullElse(answer.getBody(), "").strip();
        JsonNode said = body.startsWith("{") ? answer(answer.getCode(), body) : json.missingNode();
        boolean success = answer.getCode() >= 200 && answer.getCode() <= 299;
        if (success && (body.equals("ok") || said.path("ok").asBoolean())) {
            return;
        }
        String code = SlackRefusal.codeIn(said.path("error").asText(body));
        if (success && code.isEmpty()) {
            throw new SlackUnavailableException("Slack's answer is not ok, but HTTP " + answer.getCode()
                    + " with something else. Is manus.slack.webhook-url right, or does a proxy answer in its place?");
        }
        throw new SlackRefusal(answer.getCode(), code, retryAfter(answer))
                .failure(SlackProperties.Mode.WEBHOOK, channel);
    }

    /** OkHttp gives header names in lower case here. */
    private static @Nullable String retryAfter(WebhookResponse answer) {
        Map<String, List<String>> headers = answer.getHeaders();
        List<String> values = headers.getOrDefault("retry-after", List.of());
        return values.isEmpty() ? null : values.get(0);
    }
}
