package org.manusroutes.inbox.store;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Forgets done events, with all that hangs on them; parked ones stay. */
@Component
public class Purge {
    private final JdbcClient jdbc;
    private final JdbcOperations operations;
    private final TransactionOperations transactions;

    public Purge(JdbcClient jdbc, JdbcOperations operations, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.operations = operations;
        this.transactions = transactions;
    }

    long count(Duration keep) {
        return jdbc.sql(InboxSql.COUNT_OLD_DONE)
                .param("keep", keep.toSeconds())
                .query(Long.class)
                .single();
    }

    /**
     * Forgets up to {@code limit} events that were done longer ago than {@code keep}, in one transaction.
     *
     * @return how many
     */
    public int batch(Duration keep, int limit) {
        Integer purged = transactions.execute(status -> {
            List<String> keys = jdbc.sql(InboxSql.OLD_DONE)
                    .param("keep", keep.toSeconds())
                    .param("limit", limit)
                    .query(String.class)
                    .list();
            if (!keys.isEmpty()) {
                jdbc.sql(InboxSql.PURGE_EVENTS).param("keys", keys).update();
                jdbc.sql(InboxSql.PURGE_ATTEMPTS).param("keys", keys).update();
                ledger(keys);
            }
            return keys.size();
        });
        return purged == null ? 0 : purged;
    }

    /** Forgets which steps of these events have been done. */
    void ledger(List<String> keys) {
        operations.batchUpdate(InboxSql.PURGE_LEDGER, keys, keys.size(), (row, key) -> {
            row.setString(1, key + "/");
            row.setString(2, key + "0"); // the character after the slash
            row.setInt(3, key.length() + 2);
        });
    }
}
