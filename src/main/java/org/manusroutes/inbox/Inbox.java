package org.manusroutes.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.manusroutes.inbox.EventTable.KnownEvent;
import org.manusroutes.inbox.InboxProperties.ChangedBody;
import org.manusroutes.webhook.WebhookEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The door's idempotent repository: the statement that claims the key stores the whole event, so that there is no
 * moment in which an event is known but not kept.
 *
 * <p>A key that is taken is looked at once more: an event that says the same is a duplicate, whatever its bytes; one
 * that says something else is an event of its own, with the key {@code event_id#<digest of what it says>} (Manus API
 * notes, 1: one id is used for an {@code ask} and a {@code finish}).
 */
@Component("inboxRepository")
final class Inbox extends ServiceSupport implements IdempotentRepository {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final EventTable events;
    private final WakeUp wakeUp;
    private final ChangedBody changedBody;
    private final MeterRegistry meters;

    Inbox(EventTable events, WakeUp wakeUp, InboxProperties properties, MeterRegistry meters) {
        this.events = events;
        this.wakeUp = wakeUp;
        this.changedBody = properties.changedBody();
        this.meters = meters;
    }

    /** Stores the {@link WebhookEvent} in the exchange's body; false when it is known already. */
    @Override
    public boolean add(Exchange exchange, String key) {
        boolean stored = store(exchange.getIn().getBody(WebhookEvent.class));
        if (stored) {
            wakeUp.call();
        }
        return stored;
    }

    private boolean store(WebhookEvent event) {
        return events.insert(event.eventId(), event, "webhook") || storeUnlessKnown(event);
    }

    private boolean storeUnlessKnown(WebhookEvent event) {
        Meaning meaning = Meaning.of(event.body());
        List<KnownEvent> known = events.withId(event.eventId());
        for (KnownEvent other : known) {
            if (Meaning.of(other.body()).equals(meaning)) {
                if (!Arrays.equals(other.body(), event.body())) {
                    events.refreshBody(other.id(), event.body());
                }
                return false;
            }
        }
        meters.counter("manus.inbox.changed.body", "taken", changedBody.name().toLowerCase(Locale.ROOT))
                .increment();
        if (changedBody == ChangedBody.IGNORE) {
            log.warn("Ignored event {}: its id is known with another meaning", event.eventId());
            return false;
        }
        String key = event.eventId() + '#' + meaning.digest();
        log.warn("Event {} came again with another meaning; taken as {}", event.eventId(), key);
        return events.insert(key, event, "webhook");
    }

    @Override
    public boolean add(String key) {
        throw new UnsupportedOperationException("the inbox stores events, not keys");
    }

    @Override
    public boolean contains(String key) {
        return events.contains(key);
    }

    /** An event is never taken back. */
    @Override
    public boolean remove(String key) {
        return false;
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    /** Refused: what is stored was answered with 200. */
    @Override
    public void clear() {
        throw new UnsupportedOperationException("the inbox is not cleared");
    }
}
