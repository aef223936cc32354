package org.manusroutes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manusroutes.inbox.GroupCommit.Item;
import org.manusroutes.inbox.Leases.Settlement;
import org.manusroutes.webhook.WebhookEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how an attempt ended: done, retried later, or parked, which is told to people by an event of its own. */
final class Settling implements AutoCloseable {
    static final String EVENT_PARKED = "event_parked";

    private static final Logger log = LoggerFactory.getLogger(Settling.class);
    private static final JsonMapper json = new JsonMapper();

    /** Types that have a time series of their own; anything else a sender may think of shares one. */
    private static final Set<String> KNOWN_TYPES =
            Set.of("task_created", "task_progress", "task_stopped", EVENT_PARKED);

    /** Patience is that of the outage: as long as it takes; the fence stands when it took too long. */
    private static final GroupCommit.Limits LIMITS =
            new GroupCommit.Limits(256, 256, Integer.MAX_VALUE, Duration.ofDays(1));

    private final Leases leases;
    private final RetrySchedule schedule;
    private final String node;
    private final Clock clock;
    private final MeterRegistry meters;
    private final GroupCommit<Settlement, Boolean> settlements;
    private volatile boolean closing;

    Settling(Leases leases, RetrySchedule schedule, String node, Clock clock, MeterRegistry meters) {
        this.leases = leases;
        this.schedule = schedule;
        this.node = node;
        this.clock = clock;
        this.meters = meters;
        this.settlements = new GroupCommit<>("settle", 1, LIMITS, settlement -> 1, this::write);
    }

    /** This process, unlike any other. */
    String node() {
        return node;
    }

    /**
     * Returns at once, so that the worker goes on with the next event.
     *
     * @param settled called when the outcome stands in the database, or when it is clear that it never will
     */
    void settle(StoredEvent event, Instant started, @Nullable Exception failure, Runnable settled) {
        Outcome outcome = Outcome.of(failure, event.tries(), schedule);
        WebhookEvent notice = outcome instanceof Outcome.Parked parked ? notice(event, parked) : null;
        settlements
                .submit(new Settlement(event, node, started, outcome, notice))
                .handle((held, refused) -> {
                    settled.run();
                    if (refused != null) {
                        log.error(
                                "Wanted to settle event {} as {}; it is tried again after its lease",
                                event.eventKey(),
                                outcome,
                                refused);
                    } else if (held) {
                        report(event, outcome, failure);
                    } else {
                        log.warn(
                                "Event {} was taken over while attempt {} ran here; nothing changed",
                                event.eventKey(),
                                event.attempt());
                    }
                    return held;
                });
    }

    private void write(List<Item<Settlement, Boolean>> batch) {
        try {
            Outage.outlast("how " + batch.size() + " events ended", () -> !closing, () -> {
                List<Boolean> held =
                        leases.settle(batch.stream().map(Item::value).toList());
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).complete(held.get(i));
                }
            });
        } catch (RuntimeException e) {
            if (batch.size() == 1 || Outage.is(e)) {
                throw e;
            }
            // one of them is what the database refuses
            batch.forEach(item -> {
                try {
                    write(List.of(item));
                } catch (RuntimeException refused) {
                    item.fail(refused);
                }
            });
        }
    }

    /** Writes what waits, if the database is there. */
    @Override
    public void close() {
        closing = true;
        settlements.close();
    }

    private void report(StoredEvent event, Outcome outcome, @Nullable Exception failure) {
        if (outcome instanceof Outcome.Retry retry) {
            log.warn(
                    "Event {}: attempt {} failed, the next is in {} s: {}",
                    event.eventKey(),
                    event.attempt(),
                    retry.delay().toSeconds(),
                    retry.error());
        } else if (outcome instanceof Outcome.Parked parked) {
            log.error(
                    "Event {} is parked after attempt {}: {}",
                    event.eventKey(),
                    event.attempt(),
                    parked.error(),
                    failure);
        }
        meters.timer(
                        "manus.event",
                        "event_type",
                        KNOWN_TYPES.contains(event.eventType()) ? event.eventType() : "other",
                        "outcome",
                        outcome.name())
                .record(Duration.between(event.receivedAt(), clock.instant()));
    }

    /** Null for a parked notice: no alert about an alert. */
    private static @Nullable WebhookEvent notice(StoredEvent event, Outcome.Parked parked) {
        if (event.eventType().equals(EVENT_PARKED)) {
            return null;
        }
        String key = event.eventKey() + "/parked/" + event.attempt();
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("event_key", event.eventKey());
        about.put("event_type", event.eventType());
        about.put("task_id", event.taskId());
        about.put("reason", parked.error());
        about.put("attempt", event.attempt());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event_id", key);
        body.put("event_type", EVENT_PARKED);
        body.put("parked", about);
        try {
            return new WebhookEvent(key, EVENT_PARKED, null, null, json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
