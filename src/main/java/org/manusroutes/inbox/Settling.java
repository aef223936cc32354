package org.manusroutes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manusroutes.webhook.WebhookEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Writes down how an attempt ended: done, retried later, or parked, which is told to people by an event of its own. */
final class Settling {
    static final String EVENT_PARKED = "event_parked";

    private static final Logger log = LoggerFactory.getLogger(Settling.class);
    private static final JsonMapper json = new JsonMapper();

    /** Types that have a time series of their own; anything else a sender may think of shares one. */
    private static final Set<String> KNOWN_TYPES =
            Set.of("task_created", "task_progress", "task_stopped", EVENT_PARKED);

    private final EventTable events;
    private final RetrySchedule schedule;
    private final String node;
    private final Clock clock;
    private final MeterRegistry meters;

    Settling(EventTable events, RetrySchedule schedule, String node, Clock clock, MeterRegistry meters) {
        this.events = events;
        this.schedule = schedule;
        this.node = node;
        this.clock = clock;
        this.meters = meters;
    }

    void settle(StoredEvent event, Instant started, @Nullable Exception failure) {
        Outcome outcome = Outcome.of(failure, event.tries(), schedule);
        WebhookEvent notice = outcome instanceof Outcome.Parked parked ? notice(event, parked) : null;
        try {
            if (!events.settle(event, node, started, outcome, notice)) {
                log.warn(
                        "Event {} was taken over while attempt {} ran here; nothing changed",
                        event.eventKey(),
                        event.attempt());
                return;
            }
        } catch (DataAccessException | TransactionException e) {
            log.error(
                    "Wanted to settle event {} as {}; it is tried again after its lease", event.eventKey(), outcome, e);
            return;
        }
        report(event, outcome, failure);
    }

    private void report(StoredEvent event, Outcome outcome, @Nullable Exception failure) {
        String name;
        if (outcome instanceof Outcome.NotYet notYet) {
            log.debug(
                    "Event {} waits for its turn, {} s",
                    event.eventKey(),
                    notYet.delay().toSeconds());
            name = "postponed";
        } else if (outcome instanceof Outcome.Retry retry) {
            name = "retry";
            log.warn(
                    "Event {}: attempt {} failed, the next is in {} s: {}",
                    event.eventKey(),
                    event.attempt(),
                    retry.delay().toSeconds(),
                    retry.error());
        } else if (outcome instanceof Outcome.Parked parked) {
            name = "parked";
            log.error(
                    "Event {} is parked after attempt {}: {}",
                    event.eventKey(),
                    event.attempt(),
                    parked.error(),
                    failure);
        } else {
            name = "done";
        }
        meters.timer(
                        "manus.event",
                        "event_type",
                        KNOWN_TYPES.contains(event.eventType()) ? event.eventType() : "other",
                        "outcome",
                        name)
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
