package org.manusroutes.inbox.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A database that cannot or will not write now, as opposed to one that refuses what it is given. Everything counts as
 * an outage but what the database's own code (SQLSTATE) says of the data or the statement: a list of refusals is short
 * and known, one of outages never ends (read-only, lock time-out, too many connections, a proxy's own errors).
 */
public final class Outage {
    private static final Logger log = LoggerFactory.getLogger(Outage.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /**
     * Classes that speak of the data or the statement: cardinality, data exception, integrity constraint, grammar,
     * check option, program limit (a row that is too large), raised by a trigger.
     */
    private static final List<String> REFUSALS = List.of("21", "22", "23", "42", "44", "54", "P0");

    /**
     * In a class of grammar, and yet no fault of the statement: missing privileges are granted while one waits; a
     * prepared statement has the name of another behind a proxy that shares connections.
     */
    private static final Set<String> NO_REFUSALS = Set.of("42501", "42P05");

    /** Serialization failure and deadlock: the same again, at once, succeeds. */
    private static final Set<String> AT_ONCE = Set.of("40001", "40P01");

    private Outage() {}

    /** Whether the same may succeed later, without a change of what is written. */
    public static boolean is(Throwable failure) {
        String state = sqlState(failure);
        if (state != null) {
            return NO_REFUSALS.contains(state) || REFUSALS.stream().noneMatch(state::startsWith);
        }
        return failure instanceof TransactionException
                || (failure instanceof DataAccessException
                        && (!(failure instanceof NonTransientDataAccessException)
                                || failure instanceof DataAccessResourceFailureException));
    }

    /** Whether two transactions got in each other's way, which says nothing of the database. */
    static boolean isDeadlock(Throwable failure) {
        String state = sqlState(failure);
        return state != null && AT_ONCE.contains(state);
    }

    /** The code of the row that failed, also within a batch; empty without a code, null when no database spoke. */
    private static @Nullable String sqlState(Throwable failure) {
        Deque<Throwable> next = new ArrayDeque<>(List.of(failure));
        Set<Throwable> seen = new HashSet<>();
        String found = null;
        while (!next.isEmpty()) {
            Throwable one = next.remove();
            if (!seen.add(one)) {
                continue;
            }
            if (one instanceof SQLException sql) {
                found = sql.getSQLState() == null ? Objects.requireNonNullElse(found, "") : sql.getSQLState();
                if (sql.getNextException() != null) {
                    next.add(sql.getNextException());
                }
            }
            if (one.getCause() != null) {
                next.add(one.getCause());
            }
        }
        return found;
    }

    /**
     * Writes again and again until the database takes it, for what must not be forgotten: that a message has been sent.
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
                if (isDeadlock(e)) {
                    log.debug("Two transactions got in each other's way; writing {} again", what, e);
                    continue;
                }
                if (pause == FIRST_PAUSE_MILLIS) {
                    log.warn("Could not write {}; retrying until the database takes it: {}", what, e.getMessage());
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
