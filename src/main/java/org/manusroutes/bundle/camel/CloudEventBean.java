package org.manusroutes.bundle.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.manusroutes.event.EventVariables;

/**
 * Bean {@code #cloudEvent}: makes the message a CloudEvent 1.0. Its {@code id} is the event's key, {@code subject} the
 * task, {@code source} the public URL of the webhook, {@code type} is {@code im.manus.} and the event's type, {@code
 * time} when the event was received; the extension {@code stopreason} is there when the task stopped. The data is the
 * body: anything but a text or bytes becomes JSON; those stay, and their {@code Content-Type} says what they are.
 * Other headers stay.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>
 */
public final class CloudEventBean {
    private static final String UNKNOWN_SOURCE = "/webhooks/manus";
    private static final String JSON = "application/json";

    private static final JsonMapper json = new JsonMapper();

    private final String source;

    /** @param publicUrl empty when it is not known; one that is no URL fails whoever asks for an event, and no start */
    CloudEventBean(String publicUrl) {
        this.source = publicUrl.isEmpty() ? UNKNOWN_SOURCE : publicUrl;
    }

    /** Structured mode, for any protocol: body and {@code Content-Type}. */
    public void structured(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(new JsonFormat().serialize(event(exchange)));
        message.setHeader(Exchange.CONTENT_TYPE, JsonFormat.CONTENT_TYPE);
    }

    /** Binary mode for HTTP: headers {@code ce-id}, ..., percent-encoded as the HTTP binding asks. */
    public void http(Exchange exchange) {
        binary(exchange, "ce-", Exchange.CONTENT_TYPE, CloudEventBean::percentEncoded);
    }

    /** Binary mode for Kafka: headers {@code ce_id}, ... and {@code content-type}. */
    public void kafka(Exchange exchange) {
        binary(exchange, "ce_", "content-type", UnaryOperator.identity());
    }

    /** Binary mode for JMS, and for AMQP 1.0 by JMS: properties {@code cloudEvents_id}, ... */
    public void jms(Exchange exchange) {
        binary(exchange, "cloudEvents_", "JMS_AMQP_ContentType", UnaryOperator.identity());
    }

    private void binary(Exchange exchange, String prefix, String contentType, UnaryOperator<String> written) {
        CloudEvent event = event(exchange);
        Message message = exchange.getMessage();
        event.getAttributeNames().stream()
                .filter(name -> !name.equals("datacontenttype"))
                .forEach(name ->
                        message.setHeader(prefix + name, written.apply(Objects.toString(event.getAttribute(name)))));
        event.getExtensionNames()
                .forEach(name ->
                        message.setHeader(prefix + name, written.apply(Objects.toString(event.getExtension(name)))));
        message.setHeader(contentType, event.getDataContentType());
        message.setBody(Objects.requireNonNull(event.getData()).toBytes());
    }

    private CloudEvent event(Exchange exchange) {
        Instant received = exchange.getVariable(EventVariables.RECEIVED_AT, Instant.now(), Instant.class);
        String type = exchange.getVariable(EventVariables.EVENT_TYPE, exchange.getFromRouteId(), String.class);
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(exchange.getVariable(EventVariables.EVENT_KEY, exchange.getExchangeId(), String.class))
                .withSource(URI.create(source))
                .withType("im.manus." + type)
                .withTime(received.atOffset(ZoneOffset.UTC));
        String task = exchange.getVariable(EventVariables.TASK_ID, String.class);
        if (task != null && !task.isEmpty()) {
            event.withSubject(task);
        }
        String reason = exchange.getVariable(EventVariables.STOP_REASON, String.class);
        if (reason != null) {
            event.withExtension("stopreason", reason);
        }
        return withData(event, exchange.getMessage()).build();
    }

    private static CloudEventBuilder withData(CloudEventBuilder event, Message message) {
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        Object body = message.getBody();
        if (body instanceof byte[] bytes) {
            return event.withData(type == null ? "application/octet-stream" : type, bytes);
        }
        if (body instanceof String text) {
            return event.withData(
                    type == null ? "text/plain; charset=utf-8" : type, text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return event.withData(JSON, json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body has no form in JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Section 3.1.3.2 of the HTTP binding: all but printable ASCII, and the blank, the quote and the percent. */
    private static String percentEncoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 0x7f && b != '"' && b != '%';
            encoded.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
        }
        return encoded.toString();
    }
}
