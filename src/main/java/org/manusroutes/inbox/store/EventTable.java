package org.manusroutes.inbox.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code event} as the door and the status see it: store, look up, count. */
@Component
public final class EventTable {
    private final JdbcClient jdbc;
    private final JdbcOperations operations;

    public EventTable(JdbcClient jdbc, JdbcOperations operations) {
        this.jdbc = jdbc;
        this.operations = operations;
    }

    /**
     * An event on its way into the table.
     *
     * @param key unique for ever
     * @param sha256 of the event's bytes, in hexadecimal
     * @param source {@code webhook}, {@code inbox} or {@code reconcile}
     */
    public record NewEvent(String key, Event event, String sha256, String source) {
        /** As it came in; its key is its id, unless that is taken by an event with another meaning. */
        public static NewEvent received(String key, Event event) {
            return new NewEvent(key, event, DigestUtils.sha256Hex(event.body()), "webhook");
        }

        /** One of the receiver's own. */
        public static NewEvent internal(Event event) {
            return new NewEvent(event.eventId(), event, DigestUtils.sha256Hex(event.body()), "inbox");
        }

        /** One that was never delivered, made from what the API says. */
        public static NewEvent reconciled(Event event) {
            return new NewEvent(event.eventId(), event, DigestUtils.sha256Hex(event.body()), "reconcile");
        }
    }

    /** An event, and when it came. */
    public record Received(String eventId, Instant receivedAt) {}

    public record KnownEvent(long id, String eventId, String sha256) {}

    /** That a task stopped, or failed, as some event says. */
    public record StopEvent(
            String eventId, String taskId, @Nullable String stopReason, Instant receivedAt) {}

    /**
     * Stores the events whose keys are free; one statement, committed when it returns, unless within a transaction.
     *
     * @return the keys that were free
     */
    public Set<String> insert(Collection<NewEvent> events) {
        return insert(InboxSql.INSERT, events);
    }

    /** As {@link #insert}, but for stops of tasks that {@link MissedStops} has: they are left as if they were known. */
    public Set<String> insertDelivered(Collection<NewEvent> events) {
        return insert(InboxSql.INSERT_DELIVERED, events);
    }

    private Set<String> insert(String sql, Collection<NewEvent> events) {
        // two writers that insert the same keys in different orders would wait for each other
        List<NewEvent> sorted =
                events.stream().sorted(Comparator.comparing(NewEvent::key)).toList();
        Set<String> stored = operations.execute((ConnectionCallback<Set<String>>) connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql, new String[] {"event_key"})) {
                Columns columns = new Columns(connection, insert);
                columns.set("varchar", sorted, NewEvent::key);
                columns.set("varchar", sorted, e -> e.event().eventId());
                columns.set("varchar", sorted, e -> e.event().eventType());
                columns.set("varchar", sorted, e -> e.event().taskId());
                columns.set("varchar", sorted, e -> e.event().stopReason());
                columns.set("bytea", sorted, e -> e.event().body());
                columns.set("varchar", sorted, NewEvent::sha256);
                columns.set("varchar", sorted, NewEvent::source);
                insert.executeUpdate();
                Set<String> keys = new HashSet<>();
                try (ResultSet rows = insert.getGeneratedKeys()) {
                    while (rows.next()) {
                        keys.add(rows.getString(1));
                    }
                }
                return keys;
            }
        });
        return stored == null ? Set.of() : stored;
    }

    /** One array a column: the text of the statement is the same for any number of rows. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private int position;

        Columns(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        <T> void set(String type, List<T> rows, Function<T, @Nullable Object> column) throws SQLException {
            Object[] values = type.equals("bytea")
                    ? rows.stream().map(column).toArray(byte[][]::new)
                    : rows.stream().map(column).toArray();
            statement.setArray(++position, connection.createArrayOf(type, values));
        }
    }

    public List<KnownEvent> withIds(Collection<String> eventIds) {
        return jdbc.sql(InboxSql.WITH_IDS)
                .param("ids", eventIds)
                .query((row, n) ->
                        new KnownEvent(row.getLong("id"), row.getString("event_id"), row.getString("body_sha256")))
                .list();
    }

    public byte[] body(long id) {
        return jdbc.sql(InboxSql.BODY)
                .param("row", id)
                .query((row, n) -> row.getBytes("body"))
                .single();
    }

    public boolean contains(String key) {
        return jdbc.sql(InboxSql.CONTAINS).param("key", key).query(Long.class).single() > 0;
    }

    /** The first event of this type that named the task; empty when none has come, or it was purged. */
    public Optional<Received> firstOfTask(String taskId, String eventType) {
        return jdbc.sql(InboxSql.FIRST_OF_TASK)
                .param("task", taskId)
                .param("type", eventType)
                .query((row, n) -> new Received(
                        row.getString("event_id"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Every event that says that one of these tasks stopped or failed. */
    public List<StopEvent> stopsOf(Collection<String> taskIds) {
        return jdbc.sql(InboxSql.STOPS_OF)
                .param("tasks", taskIds)
                .query((row, n) -> new StopEvent(
                        row.getString("event_id"),
                        row.getString("task_id"),
                        row.getString("stop_reason"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    public void refreshBody(long id, byte[] body) {
        jdbc.sql(InboxSql.REFRESH_BODY)
                .param("body", body)
                .param("sha256", DigestUtils.sha256Hex(body))
                .param("row", id)
                .update();
    }

    /** Number of events in each state that occurs, done ones aside. */
    public Map<String, Long> countByState() {
        return jdbc
                .sql(InboxSql.COUNT_BY_STATE)
                .query((row, n) -> Map.entry(row.getString("state"), row.getLong("events")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** When the event that has waited longest was received; empty when none waits. */
    public Optional<Instant> oldestWaiting() {
        return jdbc.sql(InboxSql.OLDEST_WAITING)
                .query((row, n) -> Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }
}
