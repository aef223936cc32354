package org.manusroutes.support;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.TerminalFailureException;

/** Waits that end: each fails the test when what it waits for does not come. */
public final class Bounded {
    /** Long enough for a machine with a quarter of a CPU. */
    public static final Duration LONGEST = Duration.ofMinutes(3);

    private Bounded() {}

    /** The exit code; a process that does not end is killed. */
    public static int end(Process process) throws InterruptedException {
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LONGEST + ": " + process.info());
        }
        return process.exitValue();
    }

    /** Waits for threads that have been told to end. */
    public static void join(Iterable<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join(LONGEST.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (thread.isAlive()) {
                throw new AssertionError("thread " + thread.getName() + " has not ended after " + LONGEST);
            }
        }
    }

    public static <T> T get(Future<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    public static void reach(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(latch.getCount() + " have not come after " + LONGEST);
        }
    }

    /** Makes all calls, so many at a time; what they returned, in their order. */
    public static <T> List<T> callAll(int threads, Collection<Callable<T>> calls)
            throws ExecutionException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : executor.invokeAll(calls, LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                answers.add(answer.get()); // of a call that did not end it says so at once
            }
            return answers;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Returns when the count is reached; fails at once when it is passed, for it will not come back. */
    public static void untilExactly(int expected, Callable<? extends Number> count) {
        await().until(() -> {
            long found = count.call().longValue();
            if (found > expected) {
                throw new TerminalFailureException("expected " + expected + ", and it is " + found + " already");
            }
            return found == expected;
        });
    }
}
