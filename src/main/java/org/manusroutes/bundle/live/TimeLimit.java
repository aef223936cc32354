package org.manusroutes.bundle.live;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Gives what may wait for others without end, such as the start of a route, a thread of its own and a time. */
final class TimeLimit {
    /** What hangs for good keeps its thread; so many may. */
    private static final int HANGING = 5;

    private final Semaphore threads = new Semaphore(HANGING);
    private final Duration limit;

    TimeLimit(Duration limit) {
        this.limit = limit;
    }

    /** Something that may hang. */
    interface Action {
        void run() throws Exception;
    }

    void run(String what, Action action) throws Exception {
        get(
                what,
                () -> {
                    action.run();
                    return true;
                },
                tooLate -> {});
    }

    /**
     * The result of the task; whatever it throws, an Error too, is thrown here.
     *
     * @param what names the thread, and the task in the failure
     * @param tooLate takes a result for which nobody waits any more
     * @throws TimeoutException when it has not ended in time; its thread has been interrupted then
     */
    <T> T get(String what, Callable<T> task, Consumer<T> tooLate) throws Exception {
        if (!threads.tryAcquire()) {
            throw new TimeoutException(what + " is not tried: " + HANGING + " earlier ones have not ended");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                new ThreadGroup("routes-" + what), // whatever begins threads there is known by them
                () -> {
                    try {
                        T done = task.call();
                        if (!result.complete(done)) {
                            tooLate.accept(done);
                        }
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    } finally {
                        threads.release();
                    }
                },
                "routes-" + what.replace(' ', '-'));
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } catch (TimeoutException e) {
            String why = what + " has not ended after " + limit.toSeconds() + " s, it waits in " + where(thread);
            if (result.completeExceptionally(e)) {
                thread.interrupt();
                throw new TimeoutException(why);
            }
            return result.get(); // it ended at the last moment
        } catch (InterruptedException e) {
            result.completeExceptionally(e);
            thread.interrupt();
            throw e;
        }
    }

    /** The innermost call that is not Java's own. */
    private static String where(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        for (StackTraceElement call : stack) {
            if (call.getModuleName() == null) {
                return call.getClassName() + "." + call.getMethodName();
            }
        }
        return stack.length == 0 ? "nothing" : stack[0].toString();
    }
}
