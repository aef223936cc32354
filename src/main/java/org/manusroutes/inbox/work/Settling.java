package org.manusroutes.inbox.work;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.inbox.store.GroupCommit;
import org.manusroutes.inbox.store.GroupCommit.Item;
import org.manusroutes.inbox.store.Leases;
import org.manusroutes.inbox.store.Outage;
import org.manusroutes.inbox.store.Settlement;
import org.manusroutes.inbox.store.StoredEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how an attempt ended: done, retried later, or parked, which is told to people by an event of its own. */
public final class Settling {
    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    /** Types that have a time series of their own; anything else a sender may think of shares one. */
    private static final Set<String> KNOWN_TYPES = Stream.concat(
                    Stream.of("task_created", "task_progress", "task_stopped"), InternalEvents.TYPES.stream())
            .collect(Collectors.toUnmodifiableSet());

    /** No time-out: retried until the database answers. The fence holds when that took too long. */
    private static final GroupCommit.Limits LIMITS =
            new GroupCommit.Limits(256, 256, Integer.MAX_VALUE, Duration.ofDays(1));

    private final Leases leases;
    private final RetrySchedule schedule;
    private final FailureNotices notices;
    private final String node;
    private final Clock clock;
    private final MeterRegistry meters;
    private final GroupCommit<Settlement, Boolean> settlements;
    private volatile boolean closing;

    Settling(
            Leases leases, RetrySchedule schedule, Duration tellAfter, String node, Clock clock, MeterRegistry meters) {
        this.leases = leases;
        this.schedule = schedule;
        this.notices = new FailureNotices(tellAfter, clock);
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
     * @param bundleVersion of the routes that ran; null when the attempt did not come so far
     * @param settled called when the outcome stands in the database, or when it is clear that it never will
     */
    void settle(
            StoredEvent event,
            Instant started,
            @Nullable Long bundleVersion,
            @Nullable Exception failure,
            Runnable settled) {
        Outcome outcome = Outcome.of(failure, event.tries(), schedule);
        Settlement settlement = outcome.settlement(event, node, started, bundleVersion, notices.about(event, outcome));
        var unused = settlements.submit(settlement).handle((held, refused) -> {
            settled.run();
            if (refused != null) {
                log.error(
                        "Could not settle event {} as {}; it is tried again when its lease runs out",
                        event.eventKey(),
                        outcome,
                        refused);
            } else if (held) {
                report(event, outcome, failure);
            } else {
                log.warn(
                        "Event {} was taken over while attempt {} was running here; its outcome is dropped",
                        event.eventKey(),
                        event.attempt());
            }
            return held;
        });
    }

    private void write(List<Item<Settlement, Boolean>> batch) {
        Outage.outlast("how " + batch.size() + " events ended", () -> !closing, () -> {
            Set<Settlement> held = leases.settle(batch.stream().map(Item::value).toList());
            batch.forEach(item -> item.complete(held.contains(item.value())));
        });
    }

    /** Writes what waits, if the database is there, and takes no more. */
    public void finish() {
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
}
