package org.manusroutes.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.manusroutes.inbox.store.EventTable;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Health {@code inbox} and the gauges of the backlog; looked up every few seconds, not at each scrape. */
@Component("inboxHealthIndicator")
final class InboxStatus extends AbstractHealthIndicator {
    /** Beyond this what was seen last says nothing of now. */
    private static final Duration STALE = Duration.ofSeconds(30);

    private final EventTable events;
    private final Clock clock;
    private final Loop loop;
    private volatile @Nullable Backlog seen;
    private long lookAgainAt = System.nanoTime();

    private record Backlog(Map<String, Long> byState, double oldestSeconds, long at) {
        long count(String state) {
            return byState.getOrDefault(state, 0L);
        }
    }

    InboxStatus(EventTable events, Clock clock, Loops loops, MeterRegistry meters) {
        this.events = events;
        this.clock = clock;
        this.loop = loops.named("backlog", STALE.plus(STALE));
        for (String state : new String[] {"waiting", "working", "parked"}) {
            Gauge.builder("manus.inbox.events", () -> known(backlog -> backlog.count(state)))
                    .tag("state", state)
                    .description("Events in each state; not a number while the database does not say")
                    .register(meters);
        }
        Gauge.builder("manus.inbox.oldest.waiting.seconds", () -> known(Backlog::oldestSeconds))
                .description("Age of the event that has waited longest; not a number while the database does not say")
                .register(meters);
    }

    private double known(ToDoubleFunction<Backlog> part) {
        Backlog backlog = current();
        return backlog == null ? Double.NaN : part.applyAsDouble(backlog);
    }

    /** Null while what was seen last is too old to be believed. */
    private @Nullable Backlog current() {
        Backlog backlog = seen;
        return backlog == null || System.nanoTime() - backlog.at() > STALE.toNanos() ? null : backlog;
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void look() {
        loop.scheduled(this::refresh);
    }

    /** From what was seen last: a health check waits for no database. */
    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Backlog backlog = current();
        if (backlog == null) {
            builder.unknown().withDetail("backlog", "unknown: the database has not answered lately");
            return;
        }
        builder.up()
                .withDetail("waiting", backlog.count("waiting"))
                .withDetail("working", backlog.count("working"))
                .withDetail("parked", backlog.count("parked"))
                .withDetail("oldestWaitingSeconds", Math.round(backlog.oldestSeconds()));
    }

    /** At most a fiftieth of the time is spent on it, however large the backlog is. */
    private synchronized void refresh() {
        long start = System.nanoTime();
        if (start - lookAgainAt < 0) {
            return;
        }
        Map<String, Long> byState = events.countByState();
        double oldest = events.oldestWaiting()
                .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
        long end = System.nanoTime();
        seen = new Backlog(byState, oldest, end);
        lookAgainAt = end + Math.min(50 * (end - start), STALE.toNanos() / 2);
    }
}
