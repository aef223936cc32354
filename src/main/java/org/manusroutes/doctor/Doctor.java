package org.manusroutes.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.core.NestedExceptionUtils;

/** Runs checks side by side, each no longer than its patience: what hangs is left behind, and said. */
public final class Doctor {
    private Doctor() {}

    /** The findings of all checks, in the order of the checks. */
    public static List<Finding> examine(List<? extends Check> checks) throws InterruptedException {
        List<FutureTask<List<Finding>>> tasks = new ArrayList<>();
        for (Check check : checks) {
            FutureTask<List<Finding>> task = new FutureTask<>(check::run);
            // not of a pool: its threads would not find what lies in the application's jar
            Thread thread = new Thread(task, "check " + check.name());
            thread.setDaemon(true);
            thread.start();
            tasks.add(task);
        }
        long started = System.nanoTime();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            findings.addAll(awaited(checks.get(i), tasks.get(i), started));
        }
        return findings;
    }

    private static List<Finding> awaited(Check check, FutureTask<List<Finding>> task, long started)
            throws InterruptedException {
        try {
            long left = check.patience().toNanos() - (System.nanoTime() - started);
            return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hangs) {
            return List.of(Finding.fail(
                    check.name(),
                    "came to no end within " + check.patience().toSeconds() + " s",
                    "it waits for " + check.waitsFor()));
        } catch (ExecutionException failed) {
            return List.of(Finding.fail(check.name(), words(failed), "it looks at " + check.waitsFor()));
        }
    }

    /** The innermost reason. */
    private static String words(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    }
}
