package org.manusroutes.inbox.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What an operator may ask of the inbox, whether a server runs on it or not. */
public final class EventArchive {
    /** Of {@code db/migration}; a test holds the two together. */
    static final String NEWEST_MIGRATION = "6";

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Purge purge;

    private EventArchive(DataSource source) {
        this.jdbc = JdbcClient.create(source);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        this.purge = new Purge(jdbc, new JdbcTemplate(source), transactions);
    }

    /**
     * The inbox in this database.
     *
     * @throws InvalidDataAccessResourceUsageException when it holds none of this version
     * @throws DataAccessException when it cannot be reached
     */
    public static EventArchive open(DataSource source) {
        EventArchive archive = new EventArchive(source);
        long migrated = archive.jdbc
                .sql(ArchiveSql.MIGRATED)
                .param("version", NEWEST_MIGRATION)
                .query(Long.class)
                .single();
        if (migrated == 0) {
            throw new InvalidDataAccessResourceUsageException("migration " + NEWEST_MIGRATION + " has not been made");
        }
        return archive;
    }

    /**
     * A stored event without its body.
     *
     * @param dueAt null when it has ended
     * @param lastError null when its last attempt said nothing
     */
    public record Entry(
            String eventKey,
            String eventType,
            @Nullable String taskId,
            @Nullable String stopReason,
            String source,
            Instant receivedAt,
            String state,
            int attempt,
            @Nullable Instant dueAt,
            @Nullable Instant finishedAt,
            @Nullable String lastError) {}

    /**
     * One attempt of an event, as the history has it.
     *
     * @param outcome {@code done}, {@code retry}, {@code parked}, or {@code replay} by an operator
     * @param bundleVersion of the routes that ran; null when none did
     */
    public record Attempt(
            int attempt,
            String node,
            Instant startedAt,
            Instant endedAt,
            String outcome,
            @Nullable String error,
            @Nullable Long bundleVersion) {}

    /** Which steps run again: those that the ledger does not name, or all. */
    public enum Steps {
        FAILED,
        ALL
    }

    /** How many there are. */
    public long count(Selection selection) {
        return jdbc.sql("select count(*) from event where " + selection.where())
                .params(selection.parameters())
                .query(Long.class)
                .single();
    }

    /** The first of them, the oldest first. */
    public List<Entry> list(Selection selection, int limit) {
        return entries(ArchiveSql.LIST, selection, limit);
    }

    /** The last of them, the newest first. */
    public List<Entry> last(Selection selection, int limit) {
        return entries(ArchiveSql.LAST, selection, limit);
    }

    private List<Entry> entries(String sql, Selection selection, int limit) {
        return jdbc.sql(sql.formatted(selection.where()))
                .params(selection.parameters())
                .param("limit", limit)
                .query((row, n) -> entry(row))
                .list();
    }

    public List<Attempt> attempts(String key) {
        return jdbc.sql(ArchiveSql.ATTEMPTS)
                .param("key", key)
                .query((row, n) -> new Attempt(
                        row.getInt("attempt"),
                        row.getString("node"),
                        instant(row, "started_at"),
                        instant(row, "ended_at"),
                        row.getString("outcome"),
                        row.getString("error"),
                        row.getObject("bundle_version", Long.class)))
                .list();
    }

    /** The steps of an event that the ledger names, for example {@code alert-slack}. */
    public List<String> stepsDone(String key) {
        return jdbc
                .sql(ArchiveSql.STEPS_DONE)
                .params(key + "/", key + "0", key.length() + 2)
                .query(String.class)
                .list()
                .stream()
                .map(id -> id.substring(key.length() + 1))
                .toList();
    }

    /** The bytes as they were received. */
    public Optional<byte[]> body(String key) {
        return jdbc.sql("select body from event where event_key = :key")
                .param("key", key)
                .query((row, n) -> row.getBytes("body"))
                .optional();
    }

    /**
     * Lets events that have ended run again, the oldest first; one that waits or runs is left alone, for an event never
     * runs twice at the same time. Each replay stands in the history, with its place in the attempts, and begins with
     * all tries.
     *
     * @param by who asks for it, for the history; at most 100 characters
     * @return how many
     */
    public int replay(Selection selection, Steps steps, String by) {
        Selection settled = selection.settled();
        if (settled.states().isEmpty()) {
            return 0;
        }
        int total = 0;
        int batch;
        long after = 0;
        do {
            List<Long> ids = replayBatch(settled, steps, by, after);
            batch = ids.size();
            total += batch;
            after = ids.isEmpty() ? after : ids.get(batch - 1);
        } while (batch == BATCH);
        return total;
    }

    /** Those after the last batch: an event that ends in the meantime is not taken a second time. */
    private List<Long> replayBatch(Selection settled, Steps steps, String by, long after) {
        List<Long> replayed = transactions.execute(status -> {
            List<Long> ids = jdbc.sql(ArchiveSql.LOCK.formatted(settled.where()))
                    .params(settled.parameters())
                    .param("after", after)
                    .param("limit", BATCH)
                    .query(Long.class)
                    .list();
            if (!ids.isEmpty()) {
                if (steps == Steps.ALL) {
                    purge.ledger(jdbc.sql("select event_key from event where id in (:ids)")
                            .param("ids", ids)
                            .query(String.class)
                            .list());
                }
                jdbc.sql(ArchiveSql.REPLAY).param("ids", ids).update();
                jdbc.sql(ArchiveSql.RECORD_REPLAY)
                        .param("ids", ids)
                        .param("by", by)
                        .param("steps", steps == Steps.ALL ? "all steps" : "failed steps")
                        .update();
            }
            return ids;
        });
        return replayed == null ? List.of() : replayed;
    }

    /** How many done events ended longer ago than this. */
    public long countOld(Duration keep) {
        return purge.count(keep);
    }

    /** Forgets a small batch of them, with all that hangs on them; 0 when none is left. */
    public int purgeBatch(Duration keep) {
        return purge.batch(keep, BATCH);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Entry(
                row.getString("event_key"),
                row.getString("event_type"),
                row.getString("task_id"),
                row.getString("stop_reason"),
                row.getString("source"),
                instant(row, "received_at"),
                row.getString("state"),
                row.getInt("attempt"),
                due == null ? null : due.toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getString("last_error"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
