package org.manusroutes.webhook;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.manusroutes.event.EventVariables;
import org.springframework.stereotype.Component;

/** What the sender is told; each answer is counted and timed here, and nowhere else. */
@Component
final class Answers {
    /** Seconds that a sender is asked to wait after a 503. */
    static final String RETRY_AFTER = "5";

    private static final String RECEIVED = "received";
    private static final String KNOWN = "already_processed";
    private static final String IGNORED = "ignored";

    private final RefusalLog log;
    /** By outcome; known from the start, so that a rate over them has a beginning. */
    private final Map<String, Counter> requests;

    private final Timer time;

    Answers(RefusalLog log, MeterRegistry meters) {
        this.log = log;
        this.requests = Stream.concat(
                        Stream.of(RECEIVED, KNOWN, IGNORED),
                        Stream.of(Refusal.values()).map(Answers::outcome))
                .collect(Collectors.toUnmodifiableMap(
                        outcome -> outcome, outcome -> meters.counter("manus.webhook.requests", "outcome", outcome)));
        this.time = meters.timer("manus.webhook");
    }

    /** After the idempotent consumer: the event is stored, now or before. */
    void stored(Exchange exchange) {
        boolean known = Boolean.TRUE.equals(exchange.getProperty(Exchange.DUPLICATE_MESSAGE));
        String status = known ? KNOWN : RECEIVED;
        String eventId = exchange.getVariable(EventVariables.EVENT_ID, String.class);
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(eventId));
        answer(exchange, 200, "{\"status\":\"" + status + "\",\"event_id\":\"" + quoted + "\"}");
        count(exchange, status);
    }

    /** A registration test: nothing to store. */
    void ignored(Exchange exchange) {
        answer(exchange, 200, "{\"status\":\"ignored\"}");
        count(exchange, IGNORED);
    }

    /** One of the door's checks said no. */
    void refused(Exchange exchange) {
        RefusedException caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, RefusedException.class);
        Refusal refusal = caught.refusal();
        log.refused(refusal, String.valueOf(caught.getMessage()));
        refuse(exchange, refusal);
    }

    /** Anything unforeseen, a database that is down above all: the sender may come again. */
    void failed(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        log.refused(
                Refusal.NOT_STORED,
                "event " + exchange.getVariable(EventVariables.EVENT_ID) + " could not be stored: " + cause);
        refuse(exchange, Refusal.NOT_STORED);
    }

    private void refuse(Exchange exchange, Refusal refusal) {
        answer(exchange, refusal.status(), "{\"error\":\"" + refusal.sentence() + "\"}");
        if (refusal.status() == 503) {
            exchange.getMessage().setHeader("Retry-After", RETRY_AFTER);
        } else if (refusal == Refusal.METHOD) {
            exchange.getMessage().setHeader("Allow", "POST");
        }
        count(exchange, outcome(refusal));
    }

    private static String outcome(Refusal refusal) {
        return refusal.name().toLowerCase(Locale.ROOT);
    }

    private static void answer(Exchange exchange, int status, String json) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        // else the answer is chunked, with two flushes
        message.setHeader(Exchange.HTTP_CHUNKED, false);
        message.setBody(json);
    }

    private void count(Exchange exchange, String outcome) {
        Objects.requireNonNull(requests.get(outcome)).increment();
        long started = exchange.getProperty(BodyFilter.STARTED, System.nanoTime(), Long.class);
        time.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }
}
