package org.manusroutes.inbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
                Arguments.of(new BadSqlGrammarException("", "selct", new java.sql.SQLException("syntax")), false),
                Arguments.of(new IllegalArgumentException("ours"), false));
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
