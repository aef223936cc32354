package org.manusroutes.inbox.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.inbox.store.StoredEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When people are told of a failure: of each parked event; of one that has failed for a while, or that needs a person,
 * once, and of so many an hour, for when a channel is away all its events fail.
 */
final class FailureNotices {
    private static final Logger log = LoggerFactory.getLogger(FailureNotices.class);
    private static final int MOST = 10;
    private static final Duration PERIOD = Duration.ofHours(1);

    private final Duration tellAfter;
    private final Clock clock;
    private Instant periodEnds = Instant.MIN;
    private int inPeriod;
    /** Keys of the last ones; the database knows the others by the key of the notice. */
    private final Set<String> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > 1000;
        }
    });

    /** @param tellAfter from the arrival of an event */
    FailureNotices(Duration tellAfter, Clock clock) {
        this.tellAfter = tellAfter;
        this.clock = clock;
    }

    /** The event that tells people; null for none. No alert about an alert: none about the receiver's own events. */
    @Nullable
    Event about(StoredEvent event, Outcome outcome) {
        if (InternalEvents.TYPES.contains(event.eventType())) {
            return null;
        }
        if (outcome instanceof Outcome.Parked parked) {
            return InternalEvents.eventParked(
                    event.eventKey(), event.eventType(), event.taskId(), parked.error(), event.attempt());
        }
        if (outcome instanceof Outcome.Retry retry && isDue(event, retry) && isNew(event.eventKey())) {
            return InternalEvents.eventFailing(
                    event.eventKey(), event.eventType(), event.taskId(), retry.error(), event.attempt());
        }
        return null;
    }

    private boolean isDue(StoredEvent event, Outcome.Retry retry) {
        return retry.urgent() || !event.receivedAt().plus(tellAfter).isAfter(clock.instant());
    }

    private synchronized boolean isNew(String key) {
        if (told.contains(key)) {
            return false;
        }
        Instant now = clock.instant();
        if (now.isAfter(periodEnds)) {
            periodEnds = now.plus(PERIOD);
            inPeriod = 0;
        }
        inPeriod++;
        if (inPeriod <= MOST) {
            told.add(key);
        } else if (inPeriod == MOST + 1) {
            log.warn(
                    "Until {} no more failing events are told to the operators; see event list --state waiting",
                    periodEnds);
        }
        return inPeriod <= MOST;
    }
}
