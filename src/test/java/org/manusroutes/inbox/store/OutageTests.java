package org.manusroutes.inbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;

class OutageTests {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new DataAccessResourceFailureException("connection refused"), true),
                Arguments.of(new CannotAcquireLockException("deadlock"), true),
                Arguments.of(new QueryTimeoutException("slow"), true),
                Arguments.of(new RecoverableDataAccessException("broken connection"), true),
                Arguments.of(new CannotCreateTransactionException("no connection"), true),
                Arguments.of(new DataIntegrityViolationException("value too long"), false),
                Arguments.of(new BadSqlGrammarException("", "selct", new SQLException("syntax", "42601")), false),
                Arguments.of(new IllegalArgumentException("ours"), false),
                // by the database's own code, whatever Spring makes of it
                Arguments.of(code("25006", "read-only transaction"), true),
                Arguments.of(code("25P03", "idle in transaction"), true),
                Arguments.of(code("55P03", "lock time-out"), true),
                Arguments.of(code("53300", "too many connections"), true),
                Arguments.of(code("53100", "disk full"), true),
                Arguments.of(code("57014", "statement time-out"), true),
                Arguments.of(code("57P01", "shutdown"), true),
                Arguments.of(code("XX000", "internal error"), true),
                Arguments.of(code("08P01", "protocol violation"), true),
                Arguments.of(code("26000", "unknown prepared statement"), true),
                Arguments.of(code("40P01", "deadlock"), true),
                Arguments.of(code("28P01", "wrong password"), true),
                Arguments.of(code("42501", "permission denied"), true),
                Arguments.of(code("42P05", "duplicate prepared statement, behind a proxy"), true),
                Arguments.of(code("90067", "H2: connection broken"), true),
                Arguments.of(code(null, "no code"), true),
                Arguments.of(code("22001", "value too long"), false),
                Arguments.of(code("23505", "unique violation"), false),
                Arguments.of(code("42P01", "no such table"), false),
                Arguments.of(code("54000", "row too large"), false),
                Arguments.of(code("P0001", "raised by a trigger"), false),
                Arguments.of(inABatch("22021", "invalid byte sequence"), false),
                Arguments.of(inABatch("25006", "read-only transaction"), true));
    }

    private static RuntimeException code(@Nullable String state, String what) {
        return new UncategorizedSQLException("task", "insert", new SQLException(what, state));
    }

    /** As the driver of PostgreSQL reports a row of a batch: the code is in the next exception. */
    private static RuntimeException inABatch(String state, String what) {
        BatchUpdateException batch = new BatchUpdateException("batch entry 3 was aborted", null, new int[0]);
        batch.setNextException(new SQLException(what, state));
        return new UncategorizedSQLException("task", "insert", batch);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isWhatPassesByItself(RuntimeException failure, boolean outage) {
        assertThat(Outage.is(failure)).isEqualTo(outage);
    }

    @Test
    void isOutlasted() {
        AtomicInteger tries = new AtomicInteger();
        Outage.outlast("a row", () -> true, () -> {
            if (tries.incrementAndGet() < 3) {
                throw new DataAccessResourceFailureException("connection refused");
            }
        });
        assertThat(tries).hasValue(3);
    }

    @Test
    void isNotOutlastedWhenNobodyGoesOn() {
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> Outage.outlast("a row", () -> tries.get() < 2, () -> {
                    tries.incrementAndGet();
                    throw new DataAccessResourceFailureException("connection refused");
                }))
                .isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(tries).hasValue(2);
    }

    @Test
    void doesNotHideWhatTheDatabaseRefuses() {
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> Outage.outlast("a row", () -> true, () -> {
                    tries.incrementAndGet();
                    throw new DataIntegrityViolationException("value too long");
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(tries).hasValue(1);
    }
}
