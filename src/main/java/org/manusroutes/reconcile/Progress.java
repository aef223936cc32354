package org.manusroutes.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code reconcile}: how far the walk and the watchdog have got, for the node that comes next. */
@Component
final class Progress {
    private static final String CREATE =
            "insert into reconcile (name, since) values ('tasks', :now) on conflict do nothing";

    private static final String READ = """
            select since, walked_at, walked_far_at, back_to, started_at, far, unsettled, page_cursor,
                watched_at, missing_since, missing
            from reconcile where name = 'tasks'
            """;

    private static final String WALK = """
            update reconcile set walked_at = :walkedAt, walked_far_at = :walkedFarAt, back_to = :backTo,
                started_at = :startedAt, far = :far, unsettled = :unsettled, page_cursor = :cursor
            where name = 'tasks'
            """;

    private static final String WATCH = """
            update reconcile set watched_at = :now, missing_since = :since, missing = :missing where name = 'tasks'
            """;

    private final JdbcClient jdbc;

    Progress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The row; all times are Unix seconds.
     *
     * @param since the first start: what stopped before is not looked for
     * @param walk how far the walk has got
     * @param registration what the watchdog saw
     */
    record State(long since, Walk walk, Registration registration) {}

    /**
     * A walk that runs, or the last one.
     *
     * @param walkedAt start of the last walk that came to its end
     * @param walkedFarAt of the last one that went all the way
     * @param backTo how far back the one goes that runs, or that comes next
     * @param startedAt null when none runs
     * @param far whether it goes all the way
     * @param unsettled when the oldest task that is to be looked at again was created, as far as it has got
     * @param cursor of its next page; null for the first
     */
    record Walk(
            @Nullable Long walkedAt,
            @Nullable Long walkedFarAt,
            @Nullable Long backTo,
            @Nullable Long startedAt,
            boolean far,
            @Nullable Long unsettled,
            @Nullable String cursor) {}

    /**
     * What the watchdog saw.
     *
     * @param watchedAt null before the first look
     * @param missingSince null while all is well
     * @param missing what is wrong, for people
     */
    record Registration(
            @Nullable Long watchedAt,
            @Nullable Long missingSince,
            @Nullable String missing) {}

    /** @param now the first start, when there has been none */
    State read(long now) {
        return jdbc.sql(READ).query((row, n) -> state(row)).optional().orElseGet(() -> {
            jdbc.sql(CREATE).param("now", now).update();
            return jdbc.sql(READ).query((row, n) -> state(row)).single();
        });
    }

    void write(Walk walk) {
        jdbc.sql(WALK)
                .param("walkedAt", walk.walkedAt())
                .param("walkedFarAt", walk.walkedFarAt())
                .param("backTo", walk.backTo())
                .param("startedAt", walk.startedAt())
                .param("far", walk.far())
                .param("unsettled", walk.unsettled())
                .param("cursor", walk.cursor())
                .update();
    }

    void write(Registration registration) {
        jdbc.sql(WATCH)
                .param("now", registration.watchedAt())
                .param("since", registration.missingSince())
                .param("missing", registration.missing())
                .update();
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                row.getLong("since"),
                new Walk(
                        number(row, "walked_at"),
                        number(row, "walked_far_at"),
                        number(row, "back_to"),
                        number(row, "started_at"),
                        row.getBoolean("far"),
                        number(row, "unsettled"),
                        row.getString("page_cursor")),
                new Registration(number(row, "watched_at"), number(row, "missing_since"), row.getString("missing")));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }
}
