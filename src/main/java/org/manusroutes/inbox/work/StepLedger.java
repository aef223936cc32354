package org.manusroutes.inbox.work;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.inbox.store.GroupCommit;
import org.manusroutes.inbox.store.GroupCommit.Item;
import org.manusroutes.inbox.store.InboxSql;
import org.manusroutes.inbox.store.Outage;
import org.manusroutes.text.DatabaseText;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bean {@code #steps}: which step of which event has been done. Camel's own JDBC idempotent repository, with four
 * differences that its users do not see:
 *
 * <ul>
 *   <li>the rows that several workers write at the same moment share a commit;
 *   <li>the first attempt of an event asks no table what it did before;
 *   <li>no step begins when the event's lease has run out, as in a process that hung: another node may be at it;
 *   <li>a row that says that a message has gone out is written until the database takes it, so that an outage between
 *       the two does not send the message again.
 * </ul>
 */
@Component("steps")
public final class StepLedger extends JdbcMessageIdRepository {
    private static final String PROCESSOR = "steps";
    /** Of {@code camel_messageprocessed.messageid}. */
    private static final int LONGEST_KEY = 300;

    /** No time-out: retried until the database answers. */
    private static final GroupCommit.Limits LIMITS =
            new GroupCommit.Limits(256, 256, Integer.MAX_VALUE, Duration.ofDays(1));

    private final JdbcOperations operations;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final GroupCommit<String, Boolean> rows;
    private volatile boolean closing;

    StepLedger(DataSource source, JdbcOperations operations, PlatformTransactionManager transactions, Clock clock) {
        super(source, new TransactionTemplate(transactions), PROCESSOR);
        setCreateTableIfNotExists(false); // Flyway does
        this.operations = operations;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.rows = new GroupCommit<>("ledger", 1, LIMITS, key -> 1, this::insert);
    }

    @Override
    public boolean contains(Exchange exchange, String key) {
        checkEvent(key);
        EventExecution run = EventExecution.of(exchange);
        if (run == null) {
            return contains(key);
        }
        run.checkLease();
        return run.isFirst() ? run.hasDone(key) : contains(key);
    }

    /** A key without an event would be done once for all events: {@code eventKey} is empty in it. */
    private static void checkEvent(String key) {
        if (key.startsWith("/")) {
            throw new PermanentFailure(
                    "the step '" + key.substring(1) + "' belongs to no event: the variable eventKey is"
                            + " empty here; set it before the step, to what is the same when the step is tried again");
        }
    }

    /** An eager consumer asks nothing else first. */
    @Override
    public boolean add(Exchange exchange, String key) {
        checkEvent(key);
        EventExecution run = EventExecution.of(exchange);
        if (run == null) {
            return add(key);
        }
        run.done(key);
        try {
            return add(key);
        } catch (RuntimeException e) {
            // Camel logs it and goes on: the step is done, and nothing would know
            run.notInLedger(key, e);
            throw e;
        }
    }

    @Override
    public boolean add(String key) {
        return rows.write(DatabaseText.key(key, LONGEST_KEY));
    }

    @Override
    public boolean contains(String key) {
        return super.contains(DatabaseText.key(key, LONGEST_KEY));
    }

    @Override
    public boolean remove(String key) {
        return super.remove(DatabaseText.key(key, LONGEST_KEY));
    }

    private void insert(List<Item<String, Boolean>> batch) {
        Timestamp now = Timestamp.from(clock.instant());
        Outage.outlast("that " + batch.size() + " steps are done", () -> !closing, () -> {
            int[][] counts = transaction.execute(status ->
                    operations.batchUpdate(InboxSql.LEDGER_ROW, batch, batch.size(), (row, item) -> {
                        row.setString(1, PROCESSOR);
                        row.setString(2, item.value());
                        row.setTimestamp(3, now);
                    }));
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).complete(counts[0][i] == 1);
            }
        });
    }

    /** Writes what waits, if the database is there, and takes no more. */
    public void finish() {
        closing = true;
        rows.close();
    }
}
