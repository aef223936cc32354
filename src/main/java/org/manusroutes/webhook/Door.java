package org.manusroutes.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;
import org.manusroutes.event.EventVariables;
import org.manusroutes.webhook.WebhookProperties.SignatureMode;
import org.springframework.stereotype.Component;

/**
 * The checks of a delivery, in this order: method, media type, announced size, source, both headers of the signature,
 * the age of its timestamp; then, with the body, its size ({@link BodyFilter}), signature, JSON. What passes is a
 * {@link Event} in the body, or no body for a request that is no event.
 */
@Component
final class Door implements Processor, Entrance {
    private final WebhookProperties properties;
    private final SourceCheck sources;
    private final @Nullable SignatureVerifier verifier;
    private final EventReader reader = new EventReader();

    Door(WebhookProperties properties, VerificationKeys keys, Clock clock) {
        this.properties = properties;
        this.sources = new SourceCheck(properties);
        this.verifier = properties.signature() == SignatureMode.OFF
                ? null
                : new SignatureVerifier(keys, properties.publicUrl(), properties.tolerance(), clock);
    }

    @Override
    public boolean isAt(String path) {
        return path.equals(properties.path());
    }

    @Override
    public int maxBody() {
        return (int) properties.maxBody().toBytes();
    }

    @Override
    public void checkBeforeTheBody(HttpServletRequest request) throws RefusedException {
        if (!"POST".equals(request.getMethod())) {
            throw new RefusedException(Refusal.METHOD, request.getMethod());
        }
        if (!isJson(request.getContentType())) {
            throw new RefusedException(Refusal.MEDIA_TYPE, "Content-Type is " + request.getContentType());
        }
        checkAnnouncedSize(request);
        sources.check(request);
        if (verifier != null && !mayBeAnUnsignedProbe(request)) {
            verifier.checkHeaders(timestamp(request), signature(request));
        }
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException, RefusedException {
        HttpServletRequest request = exchange.getIn().getMandatoryBody(HttpServletRequest.class);
        exchange.setProperty(BodyFilter.STARTED, request.getAttribute(BodyFilter.STARTED));
        byte[] body = Objects.requireNonNull(Entrance.body(request));
        boolean probe = !isVerified(request, body);
        Event event = probe ? null : reader.read(body);
        exchange.getIn().setBody(event);
        if (event != null) {
            exchange.setVariable(EventVariables.EVENT_ID, event.eventId());
        }
    }

    /** False for what may only be a registration test: unsigned, without an event in it, and allowed by a setting. */
    private boolean isVerified(HttpServletRequest request, byte[] body) throws RefusedException {
        if (verifier == null) {
            return true;
        }
        if (mayBeAnUnsignedProbe(request) && !reader.namesAnEvent(body)) {
            return false;
        }
        verifier.verify(timestamp(request), signature(request), body);
        return true;
    }

    private boolean mayBeAnUnsignedProbe(HttpServletRequest request) {
        return properties.acceptUnsignedProbe() && timestamp(request) == null && signature(request) == null;
    }

    private static @Nullable String timestamp(HttpServletRequest request) {
        return request.getHeader("X-Webhook-Timestamp");
    }

    private static @Nullable String signature(HttpServletRequest request) {
        return request.getHeader("X-Webhook-Signature");
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.equalsIgnoreCase("application/json")
                || (type.regionMatches(true, 0, "application/", 0, 12)
                        && type.regionMatches(true, type.length() - 5, "+json", 0, 5));
    }
}
