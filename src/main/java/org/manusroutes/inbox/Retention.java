package org.manusroutes.inbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Forgets events that were done long ago, in small batches; on each node, which do not get in each other's way. */
@Component
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final InboxProperties properties;

    Retention(JdbcClient jdbc, TransactionOperations transactions, InboxProperties properties) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.properties = properties;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void purge() {
        int batch;
        int total = 0;
        do {
            batch = purge(properties.keep(), BATCH);
            total += batch;
        } while (batch == BATCH);
        if (total > 0) {
            log.info("Forgot {} events that were done more than {} ago", total, properties.keep());
        }
    }

    /**
     * Forgets up to {@code limit} events that were done longer ago than {@code keep}, with all that hangs on them.
     *
     * @return how many
     */
    int purge(Duration keep, int limit) {
        Integer purged = transactions.execute(status -> {
            List<String> keys = jdbc.sql(InboxSql.OLD_DONE)
                    .param("keep", keep.toSeconds())
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
}
