package org.manusroutes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.inbox.store.GroupCommit;
import org.manusroutes.inbox.store.StoredEvent;
import org.mockito.ArgumentCaptor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.PlatformTransactionManager;

class StepLedgerTests {
    private final DataSource source = mock(DataSource.class);
    private final JdbcOperations operations = mock(JdbcOperations.class);
    private final StepLedger ledger =
            new StepLedger(source, operations, mock(PlatformTransactionManager.class), Clock.systemUTC());
    private volatile boolean leaseHeld = true;

    @AfterEach
    void stop() {
        ledger.finish();
    }

    @Test
    void asksNoTableWhatTheFirstAttemptDidBefore() {
        Exchange exchange = attempt(1);
        assertThat(ledger.contains(exchange, "a/alert-slack")).isFalse();
        verifyNoInteractions(source, operations);
    }

    @Test
    void refusesAStepOfNoEventWhichWouldBeDoneForAll() {
        Exchange noEvent = new DefaultExchange(new DefaultCamelContext());
        assertThatThrownBy(() -> ledger.contains(noEvent, "/alert-slack"))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("the step 'alert-slack' belongs to no event: the variable eventKey is empty");
        assertThatThrownBy(() -> ledger.add(noEvent, "/alert-slack")).isInstanceOf(PermanentFailure.class);
        verifyNoInteractions(source, operations);
    }

    @Test
    void remembersWhatThisAttemptHasDone() {
        answers(1);
        Exchange exchange = attempt(1);
        assertThat(ledger.add(exchange, "a/alert-slack")).isTrue();
        assertThat(ledger.contains(exchange, "a/alert-slack")).isTrue();
        assertThat(ledger.contains(exchange, "a/send-mail")).isFalse();
    }

    @Test
    void beginsNoStepOfAnEventWhoseLeaseHasRunOut() {
        Exchange exchange = attempt(1);
        leaseHeld = false;
        assertThatThrownBy(() -> ledger.contains(exchange, "a/alert-slack")).isInstanceOf(Postponed.class);
    }

    @Test
    void writesARowUntilTheDatabaseTakesIt() {
        when(operations.batchUpdate(anyString(), any(Collection.class), anyInt(), any()))
                .thenThrow(new DataAccessResourceFailureException("connection refused"))
                .thenThrow(new DataAccessResourceFailureException("connection refused"))
                .thenReturn(new int[][] {{1}});
        assertThat(ledger.add("a/alert-slack")).isTrue();
        verify(operations, times(3)).batchUpdate(anyString(), any(Collection.class), anyInt(), any());
    }

    @Test
    void saysThatARowWasThereBefore() {
        answers(0);
        assertThat(ledger.add("a/alert-slack")).isFalse();
    }

    @Test
    void doesNotHideThatTheDatabaseRefusesARow() {
        when(operations.batchUpdate(anyString(), any(Collection.class), anyInt(), any()))
                .thenThrow(new DataIntegrityViolationException("value too long"));
        assertThatThrownBy(() -> ledger.add("a/alert-slack")).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void letsAnAttemptFailWhoseRowWasRefusedThoughCamelGoesOn() {
        when(operations.batchUpdate(anyString(), any(Collection.class), anyInt(), any()))
                .thenThrow(new DataIntegrityViolationException("value too long"));
        Exchange exchange = attempt(1);
        assertThatThrownBy(() -> ledger.add(exchange, "a/alert-slack"))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(EventExecution.joinedWithLedger(exchange))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("a/alert-slack")
                .hasMessageContaining("value too long");
    }

    @Test
    void shortensAKeyThatTheColumnDoesNotTakeAndKeepsTwoApart() {
        answers(1);
        String key = "k".repeat(400);
        ledger.add(key);
        ledger.add(key + "x");
        ArgumentCaptor<Collection<GroupCommit.Item<String, Boolean>>> rows = ArgumentCaptor.captor();
        verify(operations, times(2)).batchUpdate(anyString(), rows.capture(), anyInt(), any());
        List<String> keys = rows.getAllValues().stream()
                .map(batch -> batch.iterator().next().value())
                .toList();
        assertThat(keys).allMatch(stored -> stored.length() == 300).doesNotHaveDuplicates();
    }

    private void answers(int rows) {
        when(operations.batchUpdate(anyString(), any(Collection.class), anyInt(), any()))
                .thenReturn(new int[][] {{rows}});
    }

    private Exchange attempt(int attempt) {
        StoredEvent first = FakeLeases.event("a");
        StoredEvent event = new StoredEvent(
                first.id(), "a", "a", "task_stopped", null, null, new byte[0], first.receivedAt(), attempt, 0);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        EventExecution.begin(exchange, event, () -> leaseHeld);
        return exchange;
    }
}
