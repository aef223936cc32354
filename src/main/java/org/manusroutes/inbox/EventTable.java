package org.manusroutes.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manusroutes.webhook.WebhookEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The tables {@code event} and {@code attempt}: what may be done with them, each in one transaction. */
@Component
final class EventTable {
    private static final int LONGEST_ERROR = 2000;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    EventTable(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    record KnownEvent(long id, byte[] body) {}

    /** Stores the event unless the key is taken; one statement, committed when it returns. */
    boolean insert(String key, WebhookEvent event, String source) {
        return jdbc.sql(InboxSql.INSERT)
                        .param("key", key)
                        .param("id", event.eventId())
                        .param("type", event.eventType())
                        .param("task", event.taskId())
                        .param("reason", event.stopReason())
                        .param("body", event.body())
                        .param("sha256", Meaning.sha256(event.body()))
                        .param("source", source)
                        .update()
                == 1;
    }

    List<KnownEvent> withId(String eventId) {
        return jdbc.sql(InboxSql.WITH_ID)
                .param("id", eventId)
                .query((row, n) -> new KnownEvent(row.getLong("id"), row.getBytes("body")))
                .list();
    }

    boolean contains(String key) {
        return jdbc.sql(InboxSql.CONTAINS).param("key", key).query(Long.class).single() > 0;
    }

    void refreshBody(long id, byte[] body) {
        jdbc.sql(InboxSql.REFRESH_BODY)
                .param("body", body)
                .param("sha256", Meaning.sha256(body))
                .param("row", id)
                .update();
    }

    /** Claims up to {@code limit} due events for this node, the longest due first. */
    List<StoredEvent> claim(String node, int limit, Duration lease) {
        return transactions.execute(status -> {
            List<StoredEvent> due = jdbc.sql(InboxSql.DUE)
                    .param("limit", limit)
                    .query((row, n) -> claimed(row))
                    .list();
            if (!due.isEmpty()) {
                jdbc.sql(InboxSql.CLAIM)
                        .param("node", node)
                        .param("lease", seconds(lease))
                        .param("ids", due.stream().map(StoredEvent::id).toList())
                        .update();
            }
            return due;
        });
    }

    void renew(String node, Collection<Long> ids, Duration lease) {
        jdbc.sql(InboxSql.RENEW)
                .param("node", node)
                .param("lease", seconds(lease))
                .param("ids", ids)
                .update();
    }

    /**
     * Ends an attempt: state, history and, for a parked event, the event that tells people about it, in one
     * transaction.
     *
     * @return false when the lease was lost; then nothing has changed
     */
    boolean settle(StoredEvent event, String node, Instant started, Outcome outcome, @Nullable WebhookEvent notice) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            Settlement settlement = Settlement.of(outcome);
            int settled = jdbc.sql(InboxSql.SETTLE)
                    .param("state", settlement.state())
                    .param("error", cut(settlement.error()))
                    .param("delay", seconds(settlement.delay()))
                    .param("uncounted", outcome instanceof Outcome.NotYet ? 1 : 0)
                    .param("id", event.id())
                    .param("node", node)
                    .param("attempt", event.attempt())
                    .update();
            if (settled == 0) {
                return false;
            }
            if (outcome instanceof Outcome.NotYet) {
                return true;
            }
            jdbc.sql(InboxSql.RECORD_ATTEMPT)
                    .param("key", event.eventKey())
                    .param("attempt", event.attempt())
                    .param("node", node)
                    .param("started", started.atOffset(ZoneOffset.UTC))
                    .param("outcome", settlement.outcome())
                    .param("error", cut(settlement.error()))
                    .update();
            if (notice != null) {
                insert(notice.eventId(), notice, "inbox");
            }
            return true;
        }));
    }

    /** Number of events in each state that occurs. */
    Map<String, Long> countByState() {
        return jdbc
                .sql(InboxSql.COUNT_BY_STATE)
                .query((row, n) -> Map.entry(row.getString("state"), row.getLong("events")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** When the event that has waited longest was received; empty when none waits. */
    Optional<Instant> oldestWaiting() {
        return jdbc.sql(InboxSql.OLDEST_WAITING)
                .query((row, n) -> instant(row, "received_at"))
                .optional();
    }

    /**
     * Forgets up to {@code limit} events that were done longer ago than {@code keep}, with all that hangs on them.
     *
     * @return how many
     */
    int purge(Duration keep, int limit) {
        Integer purged = transactions.execute(status -> {
            List<String> keys = jdbc.sql(InboxSql.OLD_DONE)
                    .param("keep", seconds(keep))
                    .param("limit", limit)
                    .query(String.class)
                    .list();
            if (!keys.isEmpty()) {
                jdbc.sql(InboxSql.PURGE_EVENTS).param("keys", keys).update();
                jdbc.sql(InboxSql.PURGE_ATTEMPTS).param("keys", keys).update();
                keys.forEach(key -> jdbc.sql(InboxSql.PURGE_LEDGER)
                        .param("from", key + "/")
                        .param("to", key + "0") // the character after the slash
                        .update());
            }
            return keys.size();
        });
        return purged == null ? 0 : purged;
    }

    private static StoredEvent claimed(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong("id"),
                row.getString("event_key"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("task_id"),
                row.getString("stop_reason"),
                row.getBytes("body"),
                instant(row, "received_at"),
                row.getInt("attempt") + 1,
                row.getInt("uncounted"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** PostgreSQL takes no NUL in a text. */
    private static @Nullable String cut(@Nullable String error) {
        if (error == null) {
            return null;
        }
        String clean = error.replace('\0', ' ');
        return clean.length() > LONGEST_ERROR ? clean.substring(0, LONGEST_ERROR) : clean;
    }

    /** An outcome as it stands in the tables. */
    private record Settlement(
            String state, String outcome, @Nullable String error, Duration delay) {
        static Settlement of(Outcome outcome) {
            if (outcome instanceof Outcome.Retry retry) {
                return new Settlement("waiting", "retry", retry.error(), retry.delay());
            }
            if (outcome instanceof Outcome.NotYet notYet) {
                return new Settlement("waiting", "not yet", null, notYet.delay());
            }
            if (outcome instanceof Outcome.Parked parked) {
                return new Settlement("parked", "parked", parked.error(), Duration.ZERO);
            }
            return new Settlement("done", "done", null, Duration.ZERO);
        }
    }
}
