package org.manusroutes.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;
import org.manusroutes.event.EventVariables;
import org.manusroutes.webhook.WebhookProperties.SignatureMode;
import org.springframework.stereotype.Component;

/**
 * The checks of a delivery, in this order: method, media type, size, source, signature, JSON. What passes is a
 * {@link Event} in the body, or no body for a request that is no event.
 */
@Component
final class Door implements Processor {
    static final String STARTED = "manusDoorStarted";

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
    public void process(Exchange exchange) throws InvalidPayloadException, RefusedException {
        exchange.setProperty(STARTED, System.nanoTime());
        HttpServletRequest request = exchange.getIn().getMandatoryBody(HttpServletRequest.class);
        if (!"POST".equals(request.getMethod())) {
            throw new RefusedException(Refusal.METHOD, request.getMethod());
        }
        if (!isJson(request.getContentType())) {
            throw new RefusedException(Refusal.MEDIA_TYPE, "Content-Type is " + request.getContentType());
        }
        byte[] body = read(request, (int) properties.maxBody().toBytes());
        sources.check(request);
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
        String timestamp = request.getHeader("X-Webhook-Timestamp");
        String signature = request.getHeader("X-Webhook-Signature");
        if (timestamp == null && signature == null && properties.acceptUnsignedProbe() && !reader.namesAnEvent(body)) {
            return false;
        }
        verifier.verify(timestamp, signature, body);
        return true;
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

    private static byte[] read(HttpServletRequest request, int max) throws RefusedException {
        long announced = request.getContentLengthLong();
        if (announced > max) {
            throw new RefusedException(Refusal.TOO_LARGE, announced + " bytes announced, " + max + " taken");
        }
        try {
            InputStream in = request.getInputStream();
            byte[] body = in.readNBytes(announced >= 0 ? (int) announced : max + 1);
            if (body.length > max) {
                throw new RefusedException(Refusal.TOO_LARGE, "more than the " + max + " bytes taken");
            }
            if (body.length < announced) {
                throw new RefusedException(Refusal.CUT_OFF, body.length + " of " + announced + " bytes came");
            }
            return body;
        } catch (IOException e) {
            throw new RefusedException(Refusal.CUT_OFF, String.valueOf(e.getMessage()));
        }
    }
}
