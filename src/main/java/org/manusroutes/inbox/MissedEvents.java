package org.manusroutes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;
import org.manusroutes.event.EventBody;
import org.manusroutes.event.EventIds;
import org.manusroutes.inbox.store.EventTable;
import org.manusroutes.inbox.store.EventTable.NewEvent;
import org.manusroutes.inbox.store.EventTable.StopEvent;
import org.manusroutes.inbox.store.MissedStops;
import org.manusroutes.inbox.store.MissedStops.MissedStop;
import org.manusroutes.inbox.store.WakeUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the events of stops that were never delivered, so that a stop runs once, also when its own event comes late.
 *
 * <p>The stop is noted first. From then on each delivery about its task takes this way, one after the other, by the
 * lock on the notes of the task; a while later, when what was on its way to the table at that moment is there, the
 * event is made, unless the real one has come. A delivery after that is a duplicate, though its id differs in the
 * seconds.
 */
@Component
public final class MissedEvents {
    /** Longer than an insert that began before the note can take: a connection gives up after five seconds. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private static final int BATCH = 100;

    private static final Logger log = LoggerFactory.getLogger(MissedEvents.class);

    private final MissedStops missed;
    private final EventTable events;
    private final WakeUp wakeUp;
    private final TransactionTemplate transactions;
    private final Counter made;
    private final Duration settle;

    @Autowired
    MissedEvents(
            MissedStops missed,
            EventTable events,
            WakeUp wakeUp,
            PlatformTransactionManager transactions,
            MeterRegistry meters) {
        this(missed, events, wakeUp, transactions, meters, SETTLE);
    }

    public MissedEvents(
            MissedStops missed,
            EventTable events,
            WakeUp wakeUp,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            Duration settle) {
        this.missed = missed;
        this.events = events;
        this.wakeUp = wakeUp;
        this.transactions = new TransactionTemplate(transactions);
        this.made = meters.counter("manus.inbox.made.events");
        this.settle = settle;
    }

    /** Notes a stop, unless its event has come or it is noted already; false then. */
    public boolean note(MissedStop stop) {
        return inTransaction(() -> {
            if (missed.lock(stop.taskId()).stream()
                            .anyMatch(
                                    known -> known.isLike(stop.stopReason()) && known.emittedTo() >= stop.emittedFrom())
                    || hasCome(stop)) {
                return false;
            }
            missed.add(stop);
            return true;
        });
    }

    /** Makes the events whose time has come; returns how many. */
    public int makeDue() {
        int all = 0;
        for (String task : missed.due(settle, BATCH)) {
            int some = inTransaction(() -> makeOfTask(task));
            made.increment(some);
            all += some;
        }
        if (all > 0) {
            wakeUp.call();
        }
        return all;
    }

    private int makeOfTask(String task) {
        int count = 0;
        for (MissedStop stop : missed.lock(task)) {
            if (stop.made()) {
                continue;
            }
            if (hasCome(stop)) {
                missed.remove(stop.eventKey());
                continue;
            }
            Event event = new Event(stop.eventKey(), "task_stopped", task, stop.stopReason(), stop.body());
            events.insert(List.of(NewEvent.reconciled(event)));
            missed.made(stop.eventKey());
            log.info("Made the event {} ({}), which was never delivered", stop.eventKey(), stop.stopReason());
            count++;
        }
        return count;
    }

    /** Stores an event that Manus has none for, unless its key is known; false then. */
    public boolean storeOwn(Event event) {
        boolean stored = !events.insert(List.of(NewEvent.reconciled(event))).isEmpty();
        if (stored) {
            made.increment();
            wakeUp.call();
        }
        return stored;
    }

    /** Forgets what no delivery can be late for any more. */
    public void forget(Duration since) {
        missed.forget(since);
    }

    /**
     * Stores a delivery about a task that has missed stops, unless its event was made; false then, or when its key is
     * known.
     */
    boolean storeLate(String key, Event delivered) {
        return inTransaction(() -> {
            for (MissedStop stop : missed.lock(Objects.requireNonNull(delivered.taskId()))) {
                if (isOf(stop, delivered)) {
                    if (stop.made()) {
                        log.info("Event {} came late: {} was made for it", delivered.eventId(), stop.eventKey());
                        return false;
                    }
                    missed.remove(stop.eventKey());
                }
            }
            return !events.insert(List.of(NewEvent.received(key, delivered))).isEmpty();
        });
    }

    /** Whether an event in the table tells of this stop. */
    private boolean hasCome(MissedStop stop) {
        return events.contains(stop.eventKey())
                || events.stopsOf(List.of(stop.taskId())).stream()
                        .filter(event -> stop.isLike(event.stopReason()))
                        .anyMatch(event -> stop.holds(second(event)));
    }

    private static long second(StopEvent event) {
        Long emitted = EventIds.emittedAt(event.eventId(), event.taskId());
        return emitted == null ? event.receivedAt().getEpochSecond() : emitted;
    }

    /** An id without seconds does not say which of the task's stops it is; then the message does. */
    private static boolean isOf(MissedStop stop, Event delivered) {
        if (!stop.isLike(delivered.stopReason())) {
            return false;
        }
        Long emitted = EventIds.emittedAt(delivered.eventId(), stop.taskId());
        return emitted == null ? Objects.equals(message(stop.body()), message(delivered.body())) : stop.holds(emitted);
    }

    private static @Nullable String message(byte[] body) {
        try {
            return EventBody.map(body).get("task_detail") instanceof Map<?, ?> detail
                            && detail.get("message") instanceof String text
                    ? text.strip()
                    : null;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the door lets only JSON in", e);
        }
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
