package org.manusroutes.inbox.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Health {@code db}: whether the database takes writes, asked every two seconds and told from what was seen last, so
 * that a health check never waits for it.
 */
@Component("dbHealthIndicator")
final class DatabaseProbe extends AbstractHealthIndicator {
    private static final Duration LATE = Duration.ofSeconds(7);
    /**
     * Writes nothing, but only a database that takes writes accepts it: a standby and a read-only session answer each
     * question, and refuse this; the connection then leaves the pool ({@link PoolEviction}).
     */
    private static final String WRITE = "update event set attempt = attempt where false";

    private final JdbcClient jdbc;
    private final Loop loop;

    DatabaseProbe(JdbcClient jdbc, Loops loops) {
        this.jdbc = jdbc;
        this.loop = loops.named("database", LATE);
    }

    @Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    void look() {
        loop.scheduled(() -> jdbc.sql(WRITE).update());
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        String problem = loop.problem();
        if (problem == null) {
            builder.up();
        } else {
            builder.down().withDetail("problem", problem);
        }
    }
}
