package org.manusroutes.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.manusroutes.inbox.EventTable.KnownEvent;
import org.manusroutes.inbox.EventTable.NewEvent;
import org.manusroutes.inbox.GroupCommit.Item;
import org.manusroutes.inbox.InboxProperties.ChangedBody;
import org.manusroutes.webhook.WebhookEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The door's idempotent repository: the statement that claims the key stores the whole event, so that there is no
 * moment in which an event is known but not kept. Deliveries that wait at the same moment share one statement and one
 * commit.
 *
 * <p>A key that is taken is looked at once more: an event that says the same is a duplicate, whatever its bytes; one
 * that says something else is an event of its own, with the key {@code event_id#<digest of what it says>} (Manus API
 * notes, 1: one id is used for an {@code ask} and a {@code finish}).
 */
@Component("inboxRepository")
final class Inbox extends ServiceSupport implements IdempotentRepository {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    /** A batch beyond this gains nothing; 2 MB is one largest body. What waits is bounded, and so is how long. */
    private static final GroupCommit.Limits LIMITS =
            new GroupCommit.Limits(256, 2_000_000, 64_000_000, Duration.ofSeconds(4));

    private final EventTable events;
    private final WakeUp wakeUp;
    private final ChangedBody changedBody;
    private final MeterRegistry meters;
    private final GroupCommit<WebhookEvent, Boolean> deliveries;

    Inbox(EventTable events, WakeUp wakeUp, InboxProperties properties, MeterRegistry meters) {
        this.events = events;
        this.wakeUp = wakeUp;
        this.changedBody = properties.changedBody();
        this.meters = meters;
        this.deliveries =
                new GroupCommit<>("store", properties.writers(), LIMITS, event -> event.body().length, this::store);
    }

    /** Stores the {@link WebhookEvent} in the exchange's body; false when it is known already. */
    @Override
    public boolean add(Exchange exchange, String key) {
        return deliveries.write(exchange.getIn().getBody(WebhookEvent.class));
    }

    private void store(List<Item<WebhookEvent, Boolean>> batch) {
        Set<String> free;
        try {
            free = new HashSet<>(events.insert(batch.stream()
                    .map(item -> new NewEvent(item.value().eventId(), item.value(), "webhook"))
                    .toList()));
        } catch (RuntimeException e) {
            if (batch.size() == 1 || Outage.is(e)) {
                throw e;
            }
            // one row may be what the database refuses: its neighbours are stored without it
            batch.forEach(item -> storeAlone(item));
            return;
        }
        List<Item<WebhookEvent, Boolean>> taken = new ArrayList<>();
        if (!free.isEmpty()) {
            wakeUp.call();
        }
        for (Item<WebhookEvent, Boolean> item : batch) {
            if (free.remove(item.value().eventId())) {
                item.complete(true);
            } else {
                taken.add(item);
            }
        }
        if (!taken.isEmpty()) {
            compare(taken);
        }
    }

    private void storeAlone(Item<WebhookEvent, Boolean> item) {
        try {
            store(List.of(item));
        } catch (RuntimeException e) {
            item.fail(e);
        }
    }

    private void compare(List<Item<WebhookEvent, Boolean>> taken) {
        Map<String, List<KnownEvent>> known =
                events
                        .withIds(taken.stream()
                                .map(item -> item.value().eventId())
                                .collect(Collectors.toSet()))
                        .stream()
                        .collect(Collectors.groupingBy(KnownEvent::eventId));
        for (Item<WebhookEvent, Boolean> item : taken) {
            WebhookEvent event = item.value();
            String sha256 = Meaning.sha256(event.body());
            List<KnownEvent> others = known.getOrDefault(event.eventId(), List.of());
            if (others.stream().anyMatch(other -> other.sha256().equals(sha256))) {
                item.complete(false);
            } else {
                try {
                    item.complete(storeUnlessMeant(event, others));
                } catch (RuntimeException e) {
                    item.fail(e);
                }
            }
        }
    }

    private boolean storeUnlessMeant(WebhookEvent event, List<KnownEvent> others) {
        Meaning meaning = Meaning.of(event.body());
        for (KnownEvent other : others) {
            if (Meaning.of(events.body(other.id())).equals(meaning)) {
                events.refreshBody(other.id(), event.body());
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
        boolean stored =
                !events.insert(List.of(new NewEvent(key, event, "webhook"))).isEmpty();
        if (stored) {
            wakeUp.call();
        }
        return stored;
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

    /** When Camel has ended, and with it the door. */
    @PreDestroy
    void finish() {
        deliveries.close();
    }
}
