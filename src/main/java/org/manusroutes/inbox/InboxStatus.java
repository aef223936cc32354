package org.manusroutes.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.manusroutes.inbox.store.EventTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Health {@code inbox} and the gauges of the backlog; looked up every few seconds, not at each scrape. */
@Component("inboxHealthIndicator")
final class InboxStatus extends AbstractHealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(InboxStatus.class);

    private final EventTable events;
    private final Clock clock;
    private volatile Map<String, Long> byState = Map.of();
    private volatile double oldestSeconds;
    private long lookAgainAt = System.nanoTime();

    InboxStatus(EventTable events, Clock clock, MeterRegistry meters) {
        this.events = events;
        this.clock = clock;
        for (String state : new String[] {"waiting", "working", "parked"}) {
            Gauge.builder("manus.inbox.events", () -> byState.getOrDefault(state, 0L))
                    .tag("state", state)
                    .register(meters);
        }
        Gauge.builder("manus.inbox.oldest.waiting.seconds", () -> oldestSeconds).register(meters);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void look() {
        try {
            refresh();
        } catch (DataAccessException e) {
            log.debug("Could not read the backlog; health says why the database is down", e);
        }
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        refresh();
        builder.up()
                .withDetail("waiting", byState.getOrDefault("waiting", 0L))
                .withDetail("working", byState.getOrDefault("working", 0L))
                .withDetail("parked", byState.getOrDefault("parked", 0L))
                .withDetail("oldestWaitingSeconds", Math.round(oldestSeconds));
    }

    /** At most a fiftieth of the time is spent on it, however large the backlog is. */
    private synchronized void refresh() {
        long start = System.nanoTime();
        if (start - lookAgainAt < 0) {
            return;
        }
        byState = events.countByState();
        oldestSeconds = events.oldestWaiting()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
        long end = System.nanoTime();
        lookAgainAt = end + 50 * (end - start);
    }
}
