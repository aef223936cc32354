package org.manusroutes.manus;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code api_limit}: how many calls of the API all nodes together may still make, by the generic cell rate
 * algorithm (ITU-T I.371): a row holds when the calls made so far will have been earned. Times are the database's own.
 */
final class ApiLimits {
    /** The API's limits are per minute, and it sends no Retry-After. */
    private static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(60);

    private static final Duration JITTER = Duration.ofSeconds(30);

    private static final String TAKE = """
            update api_limit set earned_at = (case when earned_at > current_timestamp then earned_at
                    else current_timestamp end) + cast(:interval as integer) * interval '0.001' second
            where name = :name
                and earned_at <= current_timestamp + cast(:ahead as integer) * interval '0.001' second
            """;

    private static final String CREATE = """
            insert into api_limit (name, earned_at) values (:name, current_timestamp) on conflict do nothing
            """;

    private static final String DELAY = """
            update api_limit set earned_at = current_timestamp + cast(:millis as integer) * interval '0.001' second
            where name = :name and earned_at < current_timestamp + cast(:millis as integer) * interval '0.001' second
            """;

    private final JdbcClient jdbc;
    private final RandomGenerator random;

    ApiLimits(JdbcClient jdbc, RandomGenerator random) {
        this.jdbc = jdbc;
        this.random = random;
    }

    /**
     * Takes one call.
     *
     * @return false when none is left for now
     */
    boolean take(CallKind kind) {
        return update(kind) || (create(kind) && update(kind));
    }

    private boolean update(CallKind kind) {
        return jdbc.sql(TAKE)
                        .param("name", name(kind))
                        .param("interval", kind.interval.toMillis())
                        .param(
                                "ahead",
                                kind.interval.multipliedBy(kind.burst - 1).toMillis())
                        .update()
                == 1;
    }

    /** Also true when another node does it at the same moment. */
    private boolean create(CallKind kind) {
        return jdbc.sql(CREATE).param("name", name(kind)).update() == 1;
    }

    /** The API has said that it is too much: nobody calls for a while, and not all go on at the same moment. */
    void refused(CallKind kind) {
        Duration pause = AFTER_A_REFUSAL.plusMillis(random.nextLong(JITTER.toMillis() + 1));
        jdbc.sql(DELAY)
                .param("name", name(kind))
                .param(
                        "millis",
                        pause.plus(kind.interval.multipliedBy(kind.burst - 1)).toMillis())
                .update();
    }

    private static String name(CallKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
