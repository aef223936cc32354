package org.manusroutes.inbox.store;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** A database that is away for a while, as opposed to one that refuses what it is given. */
public final class Outage {
    private static final Logger log = LoggerFactory.getLogger(Outage.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private Outage() {}

    public static boolean is(RuntimeException failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof TransactionException;
    }

    /**
     * Writes again and again until the database is back, for what must not be forgotten: that a message has been sent.
     *
     * @param write harmless when repeated: a commit whose answer was lost is written again
     * @throws DataAccessException what the database says when it refuses, or when it is away and nobody goes on
     */
    public static void outlast(String what, BooleanSupplier goOn, Runnable write) {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                write.run();
                if (pause > FIRST_PAUSE_MILLIS) {
                    log.info("Wrote {}, now that the database is back", what);
                }
                return;
            } catch (DataAccessException | TransactionException e) {
                if (!is(e) || !goOn.getAsBoolean()) {
                    throw e;
                }
                if (pause == FIRST_PAUSE_MILLIS) {
                    log.warn("Could not write {}; retrying until the database is back: {}", what, e.getMessage());
                }
                pause(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
