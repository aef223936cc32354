package org.manusroutes.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.apache.commons.codec.digest.DigestUtils;
import org.manusroutes.event.Event;
import org.manusroutes.inbox.InboxProperties.ChangedBody;
import org.manusroutes.inbox.store.EventTable;
import org.manusroutes.inbox.store.EventTable.KnownEvent;
import org.manusroutes.inbox.store.EventTable.NewEvent;
import org.manusroutes.inbox.store.GroupCommit;
import org.manusroutes.inbox.store.GroupCommit.Item;
import org.manusroutes.inbox.store.WakeUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The door's idempotent repository: the statement that claims the key stores the whole event, so that there is no
 * moment in which an event is known but not kept. Deliveries that wait at the same moment share one statement and one
 * commit.
 *
 * <p>A key that is taken is looked at once more: an event that says the same is a duplicate, whatever its bytes; one
 * that says something else is an event of its own, with the key {@code event_id#<digest of what it says>}
 * (docs/manus-api.md, Event ids: one id is used for an {@code ask} and a {@code finish}). One that {@link MissedEvents}
 * has made is a duplicate, too.
 */
@Component("inboxRepository")
public final class EventStore extends ServiceSupport implements IdempotentRepository {
    private static final Logger log = LoggerFactory.getLogger(EventStore.class);

    /** A batch beyond this gains nothing; 2 MB is one largest body. What waits is bounded, and so is how long. */
    private static final GroupCommit.Limits LIMITS =
            new GroupCommit.Limits(256, 2_000_000, 64_000_000, Duration.ofSeconds(4));

    private final EventTable events;
    private final MissedEvents missed;
    private final WakeUp wakeUp;
    private final ChangedBody changedBody;
    private final Counter changedBodies;
    private final GroupCommit<Event, Boolean> deliveries;

    EventStore(
            EventTable events, MissedEvents missed, WakeUp wakeUp, InboxProperties properties, MeterRegistry meters) {
        this.events = events;
        this.missed = missed;
        this.wakeUp = wakeUp;
        this.changedBody = properties.changedBody();
        this.changedBodies = meters.counter(
                "manus.inbox.changed.body", "taken", changedBody.name().toLowerCase(Locale.ROOT));
        this.deliveries =
                new GroupCommit<>("store", properties.writers(), LIMITS, event -> event.body().length, this::store);
    }

    /** Stores the {@link Event} in the exchange's body; false when it is known already. */
    @Override
    public boolean add(Exchange exchange, String key) {
        return deliveries.write(exchange.getIn().getBody(Event.class));
    }

    private void store(List<Item<Event, Boolean>> batch) {
        Set<String> free = new HashSet<>(events.insertDelivered(batch.stream()
                .map(item -> NewEvent.received(item.value().eventId(), item.value()))
                .toList()));
        List<Item<Event, Boolean>> taken = new ArrayList<>();
        if (!free.isEmpty()) {
            wakeUp.call();
        }
        for (Item<Event, Boolean> item : batch) {
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

    private void compare(List<Item<Event, Boolean>> taken) {
        Map<String, List<KnownEvent>> known =
                events
                        .withIds(taken.stream()
                                .map(item -> item.value().eventId())
                                .collect(Collectors.toSet()))
                        .stream()
                        .collect(Collectors.groupingBy(KnownEvent::eventId));
        for (Item<Event, Boolean> item : taken) {
            Event event = item.value();
            String sha256 = DigestUtils.sha256Hex(event.body());
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

    private boolean storeUnlessMeant(Event event, List<KnownEvent> others) {
        if (others.isEmpty()) {
            if (storeLate(event.eventId(), event)) {
                return true;
            }
            List<KnownEvent> now = events.withIds(List.of(event.eventId()));
            return !now.isEmpty() && storeUnlessMeant(event, now);
        }
        EventFingerprint meaning = EventFingerprint.of(event.body());
        for (KnownEvent other : others) {
            if (EventFingerprint.of(events.body(other.id())).equals(meaning)) {
                events.refreshBody(other.id(), event.body());
                return false;
            }
        }
        if (changedBody == ChangedBody.IGNORE) {
            changedBodies.increment();
            log.warn("Ignored event {}: its id is known with another meaning", event.eventId());
            return false;
        }
        String key = event.eventId() + '#' + meaning.digest();
        if (!storeLate(key, event)) {
            return false;
        }
        changedBodies.increment();
        log.warn("Event {} came again with another meaning; taken as {}", event.eventId(), key);
        return true;
    }

    /** False when its key is taken, or an event was made for it because it did not come. */
    private boolean storeLate(String key, Event event) {
        boolean stops = event.taskId() != null && event.eventType().equals("task_stopped");
        boolean stored = stops
                ? missed.storeLate(key, event)
                : !events.insert(List.of(NewEvent.received(key, event))).isEmpty();
        if (stored) {
            wakeUp.call();
        }
        return stored;
    }

    /**
     * Stores an event of the receiver's own, unless its key is known.
     *
     * @throws org.springframework.dao.DataAccessException when it cannot be stored
     */
    public void storeInternal(Event event) {
        if (!events.insert(List.of(NewEvent.internal(event))).isEmpty()) {
            wakeUp.call();
        }
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

    /** Writes what waits, and takes no more. */
    public void finish() {
        deliveries.close();
    }
}
