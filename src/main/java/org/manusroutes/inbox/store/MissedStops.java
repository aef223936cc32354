package org.manusroutes.inbox.store;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code missed_stop}: stops of tasks whose event never came. A delivery that is about a task in it is not
 * simply inserted ({@link EventTable#insertDelivered}), but compared first.
 */
@Component
public final class MissedStops {
    private static final String COLUMNS =
            "select event_key, task_id, stop_reason, emitted_from, emitted_to, body, made from missed_stop ";

    private static final String LOCK = COLUMNS + "where task_id = :task order by event_key for update";

    private static final String ADD = """
            insert into missed_stop (event_key, task_id, stop_reason, emitted_from, emitted_to, body)
            values (:key, :task, :reason, :from, :to, :body)
            on conflict do nothing
            """;

    private static final String DUE = """
            select distinct task_id from missed_stop
            where made = false
                and noted_at <= current_timestamp - cast(:seconds as double precision) * interval '1' second
            order by task_id
            limit :limit
            """;

    private static final String MADE = "update missed_stop set made = true where event_key = :key";

    private static final String REMOVE = "delete from missed_stop where event_key = :key";

    private static final String FORGET = """
            delete from missed_stop
            where made and noted_at < current_timestamp - cast(:seconds as double precision) * interval '1' second
            """;

    private final JdbcClient jdbc;

    public MissedStops(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A stop of a task that no event told of.
     *
     * @param eventKey of the event that is made for it
     * @param emittedFrom Unix seconds; Manus emitted the real event between this and {@code emittedTo}, both included
     * @param body of the event that is made
     * @param made whether it has been
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as values
    public record MissedStop(
            String eventKey,
            String taskId,
            String stopReason,
            long emittedFrom,
            long emittedTo,
            byte[] body,
            boolean made) {
        /** A task asks, or it has come to an end; one turn of a task does both, but neither twice. */
        public boolean isLike(@Nullable String reason) {
            return stopReason.equals("ask") == "ask".equals(reason);
        }

        public boolean holds(long second) {
            return emittedFrom <= second && second <= emittedTo;
        }
    }

    /** Those of a task; nobody else reads them so until the transaction ends. */
    public List<MissedStop> lock(String taskId) {
        return jdbc.sql(LOCK)
                .param("task", taskId)
                .query((row, n) -> new MissedStop(
                        row.getString("event_key"),
                        row.getString("task_id"),
                        row.getString("stop_reason"),
                        row.getLong("emitted_from"),
                        row.getLong("emitted_to"),
                        row.getBytes("body"),
                        row.getBoolean("made")))
                .list();
    }

    public void add(MissedStop stop) {
        jdbc.sql(ADD)
                .param("key", stop.eventKey())
                .param("task", stop.taskId())
                .param("reason", stop.stopReason())
                .param("from", stop.emittedFrom())
                .param("to", stop.emittedTo())
                .param("body", stop.body())
                .update();
    }

    /** Tasks with stops that were noted so long ago, and whose events are not made. */
    public List<String> due(Duration since, int limit) {
        return jdbc.sql(DUE)
                .param("seconds", since.toMillis() / 1000.0)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    public void made(String eventKey) {
        jdbc.sql(MADE).param("key", eventKey).update();
    }

    public void remove(String eventKey) {
        jdbc.sql(REMOVE).param("key", eventKey).update();
    }

    /** Those that were made so long ago that no delivery is late any more. */
    public void forget(Duration since) {
        jdbc.sql(FORGET).param("seconds", since.toSeconds()).update();
    }
}
