package org.manusroutes.inbox.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;
import org.manusroutes.inbox.store.EventTable.NewEvent;
import org.manusroutes.text.DatabaseText;
import org.manusroutes.text.Excerpt;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The tables {@code event} and {@code attempt} as the workers see them: claim, renew, give back, settle. */
@Component
public class Leases {
    private static final int LONGEST_ERROR = 2000;

    /** Of bodies in one claim. */
    private static final long MOST_BYTES = 16_000_000;

    private final JdbcClient jdbc;
    private final JdbcOperations operations;
    private final TransactionOperations transactions;
    private final EventTable events;

    public Leases(JdbcClient jdbc, JdbcOperations operations, TransactionOperations transactions, EventTable events) {
        this.jdbc = jdbc;
        this.operations = operations;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * Claims up to {@code limit} due events for this node, the longest due first; fewer when their bodies would fill
     * the memory, but at least one.
     *
     * @param butNot ids that are left alone though they may be due; they count in the limit
     */
    public List<StoredEvent> claim(String node, int limit, Duration lease, Set<Long> butNot) {
        return transactions.execute(status -> {
            List<Long> ids = new ArrayList<>();
            long[] total = {0};
            jdbc.sql(InboxSql.DUE).param("limit", limit).query((RowCallbackHandler) row -> {
                long id = row.getLong("id");
                if (butNot.contains(id)) {
                    return;
                }
                total[0] += row.getLong("size");
                if (ids.isEmpty() || total[0] <= MOST_BYTES) {
                    ids.add(id);
                }
            });
            if (ids.isEmpty()) {
                return List.of();
            }
            jdbc.sql(InboxSql.CLAIM)
                    .param("node", node)
                    .param("lease", seconds(lease))
                    .param("ids", ids)
                    .update();
            List<StoredEvent> claimed = new ArrayList<>(jdbc.sql(InboxSql.CLAIMED)
                    .param("ids", ids)
                    .query((row, n) -> claimed(row))
                    .list());
            claimed.sort(Comparator.comparingInt(event -> ids.indexOf(event.id())));
            return claimed;
        });
    }

    /** Those whose lease was lost, to another node or to a later attempt of this one: nothing of them has changed. */
    public List<StoredEvent> renew(String node, List<StoredEvent> events, Duration lease) {
        List<StoredEvent> inOrder = inOrderOfLocks(events, StoredEvent::id);
        int[][] counts = transactions.execute(status ->
                operations.batchUpdate(InboxSql.RENEW, inOrder, inOrder.size(), (row, event) -> {
                    row.setDouble(1, seconds(lease));
                    row.setLong(2, event.id());
                    row.setString(3, node);
                    row.setInt(4, event.attempt());
                }));
        List<StoredEvent> lost = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            if (counts[0][i] == 0) {
                lost.add(inOrder.get(i));
            }
        }
        return lost;
    }

    /** Undoes the claim of events that no worker has begun with: due at once, for any node. */
    public void giveBack(String node, Collection<Long> ids) {
        List<Long> inOrder = inOrderOfLocks(ids, id -> id);
        transactions.executeWithoutResult(
                status -> operations.batchUpdate(InboxSql.GIVE_BACK, inOrder, inOrder.size(), (row, id) -> {
                    row.setLong(1, id);
                    row.setString(2, node);
                }));
    }

    /**
     * Ends attempts: state, history and, for parked events, the events that tell people about them, in one transaction.
     *
     * @return those that were settled; of the others the lease was lost, and nothing has changed
     */
    public Set<Settlement> settle(List<Settlement> settlements) {
        List<Settlement> inOrder =
                inOrderOfLocks(settlements, settlement -> settlement.event().id());
        return transactions.execute(status -> {
            int[][] counts = operations.batchUpdate(
                    InboxSql.SETTLE, inOrder, inOrder.size(), (row, settlement) -> bindState(row, settlement));
            Set<Settlement> settled = Collections.newSetFromMap(new IdentityHashMap<>());
            List<Settlement> history = new ArrayList<>();
            List<NewEvent> notices = new ArrayList<>();
            for (int i = 0; i < inOrder.size(); i++) {
                Settlement settlement = inOrder.get(i);
                if (counts[0][i] == 1) {
                    settled.add(settlement);
                }
                if (counts[0][i] == 1 && settlement.counted()) {
                    history.add(settlement);
                    Event notice = settlement.notice();
                    if (notice != null) {
                        notices.add(NewEvent.internal(notice));
                    }
                }
            }
            if (!history.isEmpty()) {
                operations.batchUpdate(
                        InboxSql.RECORD_ATTEMPT,
                        history,
                        history.size(),
                        (row, settlement) -> bindAttempt(row, settlement));
            }
            if (!notices.isEmpty()) {
                events.insert(notices);
            }
            return settled;
        });
    }

    /** The same in every statement that locks several rows of the table, or two of them wait for each other. */
    private static <T> List<T> inOrderOfLocks(Collection<T> rows, ToLongFunction<T> id) {
        return rows.stream().sorted(Comparator.comparingLong(id)).toList();
    }

    private static void bindState(PreparedStatement row, Settlement settlement) throws SQLException {
        row.setString(1, settlement.state());
        row.setString(2, column(settlement.error()));
        row.setInt(3, settlement.counted() ? 0 : 1);
        Duration delay = settlement.delay();
        if (delay == null) {
            row.setNull(4, Types.DOUBLE);
            row.setBoolean(5, true);
        } else {
            row.setDouble(4, seconds(delay));
            row.setBoolean(5, false);
        }
        row.setLong(6, settlement.event().id());
        row.setString(7, settlement.node());
        row.setInt(8, settlement.event().attempt());
    }

    private static void bindAttempt(PreparedStatement row, Settlement settlement) throws SQLException {
        row.setString(1, settlement.event().eventKey());
        row.setInt(2, settlement.event().attempt());
        row.setString(3, settlement.node());
        row.setObject(4, settlement.started().atOffset(ZoneOffset.UTC));
        row.setString(5, settlement.outcome());
        row.setString(6, column(settlement.error()));
        row.setObject(7, settlement.bundleVersion(), Types.BIGINT);
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
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempt"),
                row.getInt("uncounted"));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static @Nullable String column(@Nullable String error) {
        return error == null ? null : Excerpt.of(DatabaseText.of(error), LONGEST_ERROR);
    }
}
