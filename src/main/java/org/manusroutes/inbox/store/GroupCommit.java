package org.manusroutes.inbox.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Group commit: what several threads want written at the same moment is written together, and each learns of its own.
 * Nothing waits for a batch to fill: a writer that is free takes whatever waits, be it one.
 *
 * @param <T> what is written
 * @param <R> what its caller learns
 */
public final class GroupCommit<T, R> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final Limits limits;
    private final ToLongFunction<T> size;
    private final Consumer<List<Item<T, R>>> writer;
    private final List<Thread> threads = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Item<T, R>> waiting = new ArrayDeque<>();
    private long waitingSize;
    private boolean closed;

    /**
     * What bounds a batch, and those who wait for one.
     *
     * @param rows most items in one batch
     * @param size most of their sizes together, unless one alone is larger
     * @param waiting most of the sizes of all that waits; what comes on top is refused
     * @param patience how long a caller waits at most
     */
    public record Limits(int rows, long size, long waiting, Duration patience) {}

    /** One thing to write, and its caller, who is told by {@link #complete} or {@link #fail}. */
    public static final class Item<T, R> {
        private final T value;
        private final long size;
        private final CompletableFuture<R> result = new CompletableFuture<>();

        private Item(T value, long size) {
            this.value = value;
            this.size = size;
        }

        public T value() {
            return value;
        }

        public void complete(R answer) {
            result.complete(answer);
        }

        public void fail(RuntimeException failure) {
            result.completeExceptionally(failure);
        }
    }

    /**
     * @param writers threads that write at the same time
     * @param size of an item, in the unit of the limits
     * @param writer completes or fails each item of a batch; when the database refuses the batch, it is called again
     *     with each item alone, and what it throws then fails that item
     */
    public GroupCommit(
            String name, int writers, Limits limits, ToLongFunction<T> size, Consumer<List<Item<T, R>>> writer) {
        this.limits = limits;
        this.size = size;
        this.writer = writer;
        for (int i = 1; i <= writers; i++) {
            Thread thread = new Thread(this::writeUntilClosed, name + '-' + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Returns at once; the future ends when the value has been committed, or could not be. */
    public CompletableFuture<R> submit(T value) {
        return enqueue(new Item<>(value, size.applyAsLong(value))).result;
    }

    /**
     * Returns when the value has been committed.
     *
     * @throws DataAccessException when it has not, or when that is not known in time
     */
    public R write(T value) {
        Item<T, R> item = enqueue(new Item<>(value, size.applyAsLong(value)));
        try {
            return item.result.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            item.result.cancel(false); // if it still waits it is not written
            throw new QueryTimeoutException(
                    "not written within " + limits.patience().toMillis() + " ms", e);
        } catch (InterruptedException e) {
            item.result.cancel(false);
            Thread.currentThread().interrupt();
            throw new TransientDataAccessResourceException("interrupted while it waited to be written", e);
        }
    }

    private Item<T, R> enqueue(Item<T, R> item) {
        lock.lock();
        try {
            if (closed) {
                throw new TransientDataAccessResourceException("not written: the application stops");
            }
            if (waitingSize + item.size > limits.waiting()) {
                throw new TransientDataAccessResourceException(
                        "too many writes are waiting: " + waiting.size() + " before this one");
            }
            waiting.add(item);
            waitingSize += item.size;
            arrived.signal();
            return item;
        } finally {
            lock.unlock();
        }
    }

    private void writeUntilClosed() {
        for (List<Item<T, R>> batch = take(); !batch.isEmpty(); batch = take()) {
            write(batch);
        }
    }

    /** The thread must live, whatever happens, or nothing is written any more. */
    private void write(List<Item<T, R>> batch) {
        try {
            writer.accept(batch);
            batch.forEach(item -> item.fail(new IllegalStateException("its writer forgot it")));
        } catch (RuntimeException e) {
            if (batch.size() > 1 && !Outage.is(e)) {
                // one of them may be what the database refuses: its neighbours are written without it
                batch.stream().filter(item -> !item.result.isDone()).forEach(item -> write(List.of(item)));
            } else {
                batch.forEach(item -> item.fail(e));
            }
        } catch (Error e) {
            log.error("Could not write {} items", batch.size(), e);
            batch.forEach(item -> item.fail(new IllegalStateException("not written: " + e, e)));
        }
    }

    /** What waits, up to the limits; empty when closed. */
    private List<Item<T, R>> take() {
        lock.lock();
        try {
            while (true) {
                List<Item<T, R>> batch = new ArrayList<>();
                long batchSize = 0;
                while (!waiting.isEmpty() && batch.size() < limits.rows()) {
                    Item<T, R> next = waiting.element();
                    if (!batch.isEmpty() && batchSize + next.size > limits.size()) {
                        break;
                    }
                    waiting.remove();
                    waitingSize -= next.size;
                    if (!next.result.isDone()) {
                        batch.add(next);
                        batchSize += next.size;
                    }
                }
                if (!batch.isEmpty() || closed) {
                    return batch;
                }
                arrived.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, and ends; what comes later is refused. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread thread : threads) {
            try {
                thread.join(limits.patience().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
