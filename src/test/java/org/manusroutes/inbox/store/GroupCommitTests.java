package org.manusroutes.inbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.inbox.store.GroupCommit.Item;
import org.manusroutes.inbox.store.GroupCommit.Limits;
import org.manusroutes.support.Bounded;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;

class GroupCommitTests {
    private static final Limits LIMITS = new Limits(10, 100, 1000, Duration.ofMinutes(1));

    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch busy = new CountDownLatch(1);
    /** How many batches the writer may write. */
    private final Semaphore permits = new Semaphore(0);

    private volatile GroupCommit<Integer, String> group;

    @AfterEach
    void stop() {
        permits.release(1000);
        group.close();
    }

    @Test
    void writesWhatWaitsTogetherAndTellsEachItsOwn() throws Exception {
        open(LIMITS, batch -> batch.forEach(item -> item.complete("<" + item.value() + ">")));
        CompletableFuture<String> first = keepTheWriterBusy();
        List<CompletableFuture<String>> others = submit(1, 2, 3);
        permits.release(2);

        assertThat(Bounded.get(first)).isEqualTo("<0>");
        for (int i = 0; i < 3; i++) {
            assertThat(Bounded.get(others.get(i))).isEqualTo("<" + (i + 1) + ">");
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3));
    }

    @Test
    void endsABatchAtTheLimitsAndWritesWhatIsTooLargeAlone() throws Exception {
        open(new Limits(3, 100, 1000, Duration.ofMinutes(1)), batch -> batch.forEach(item -> item.complete("")));
        keepTheWriterBusy();
        List<CompletableFuture<String>> all = submit(60, 50, 200, 1, 2, 3, 4);
        permits.release(100);
        for (CompletableFuture<String> one : all) {
            Bounded.get(one);
        }
        assertThat(batches)
                .containsExactly(List.of(0), List.of(60), List.of(50), List.of(200), List.of(1, 2, 3), List.of(4));
    }

    @Test
    void writesTheNeighboursOfARowThatTheDatabaseRefuses() throws Exception {
        open(LIMITS, batch -> {
            if (batch.stream().anyMatch(item -> item.value() == 2)) {
                throw new DataIntegrityViolationException("value too long");
            }
            batch.forEach(item -> item.complete("written"));
        });
        keepTheWriterBusy();
        List<CompletableFuture<String>> all = submit(1, 2, 3);
        permits.release(100);

        assertThat(Bounded.get(all.get(0))).isEqualTo("written");
        assertThat(Bounded.get(all.get(2))).isEqualTo("written");
        assertThatThrownBy(() -> Bounded.get(all.get(1))).hasCauseInstanceOf(DataIntegrityViolationException.class);
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(1), List.of(2), List.of(3));
    }

    @Test
    void failsAllOfABatchInAnOutageAndDoesNotTryThemOneByOne() {
        open(LIMITS, batch -> {
            if (batch.get(0).value() > 0) {
                throw new CannotAcquireLockException("deadlock");
            }
        });
        keepTheWriterBusy();
        List<CompletableFuture<String>> all = submit(1, 2);
        permits.release(100);

        assertThat(all)
                .allSatisfy(one -> assertThatThrownBy(() -> Bounded.get(one))
                        .hasCauseInstanceOf(CannotAcquireLockException.class));
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void livesOnAfterAnError() throws Exception {
        open(LIMITS, batch -> {
            if (batch.get(0).value() == 0) {
                throw new NoClassDefFoundError("org/example/Missing");
            }
            batch.forEach(item -> item.complete("written"));
        });
        CompletableFuture<String> first = keepTheWriterBusy();
        permits.release(100);

        assertThatThrownBy(() -> Bounded.get(first)).hasMessageContaining("org/example/Missing");
        assertThat(Bounded.get(group.submit(1))).isEqualTo("written");
    }

    @Test
    void failsAnItemThatItsWriterForgot() {
        open(LIMITS, batch -> {});
        permits.release(100);
        CompletableFuture<String> forgotten = group.submit(1);
        assertThatThrownBy(() -> Bounded.get(forgotten))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWhatComesOnTopOfItsLimit() {
        open(new Limits(10, 100, 5, Duration.ofMinutes(1)), batch -> batch.forEach(item -> item.complete("")));
        keepTheWriterBusy();
        submit(3, 2);
        assertThatThrownBy(() -> group.submit(1))
                .isInstanceOf(TransientDataAccessResourceException.class)
                .hasMessageContaining("2 before this one");
    }

    @Test
    void doesNotWriteWhatItsCallerNoLongerWaitsFor() throws Exception {
        open(new Limits(10, 100, 1000, Duration.ofMillis(50)), batch -> batch.forEach(item -> item.complete("")));
        keepTheWriterBusy();
        assertThatThrownBy(() -> group.write(1)).isInstanceOf(QueryTimeoutException.class);
        CompletableFuture<String> next = group.submit(2);
        permits.release(100);
        Bounded.get(next);
        assertThat(batches).containsExactly(List.of(0), List.of(2));
    }

    @Test
    void writesWhatWaitsWhenItIsClosedAndRefusesWhatComesThen() throws Exception {
        open(LIMITS, batch -> batch.forEach(item -> item.complete("written")));
        keepTheWriterBusy();
        List<CompletableFuture<String>> waiting = submit(1, 2);
        permits.release(100);
        group.close();

        for (CompletableFuture<String> one : waiting) {
            assertThat(one).isCompletedWithValue("written");
        }
        assertThatThrownBy(() -> group.submit(3)).hasMessageContaining("the application stops");
    }

    private void open(Limits limits, Consumer<List<Item<Integer, String>>> writer) {
        group = new GroupCommit<>("test", 1, limits, value -> value, batch -> {
            batches.add(batch.stream().map(Item::value).toList());
            busy.countDown();
            permits.acquireUninterruptibly();
            writer.accept(batch);
        });
    }

    /** Returns when a batch of its own is being written. */
    private CompletableFuture<String> keepTheWriterBusy() {
        CompletableFuture<String> first = group.submit(0);
        try {
            Bounded.reach(busy);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return first;
    }

    private List<CompletableFuture<String>> submit(Integer... values) {
        return List.of(values).stream().map(group::submit).toList();
    }
}
