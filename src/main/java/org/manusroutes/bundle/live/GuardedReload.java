package org.manusroutes.bundle.live;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.BundleDiff;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RoutesFolder;
import org.manusroutes.bundle.check.BundleCheck;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the folder's routes running, whatever is done to the folder: what has changed and settled is checked as one; it
 * takes the place of what runs, or it is refused, and what runs goes on.
 */
@Component
public final class GuardedReload {
    /** Until a change is tried again that checks, but could not be put in place. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    /** A check of a large folder takes seconds. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final BundleVersions versions;
    private final FirstVersion firstVersion;
    private final RunningVersion.Factory factory;
    private final BundleCheck check;
    private final ReloadReport report;
    private final FolderWatch watch;
    private final String node;
    private final Duration poll;
    private final Loop loop;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("routes-"));

    private volatile @Nullable RunningVersion current;
    /** Hash of what was decided on last; null when it is to be tried again. Of the one thread, as what follows. */
    private @Nullable String decided;

    private long notBefore = System.nanoTime();

    GuardedReload(
            RoutesFolder folder,
            BundleVersions versions,
            FirstVersion firstVersion,
            RunningVersion.Factory factory,
            BundleCheck check,
            ReloadReport report,
            Loops loops,
            @Qualifier("nodeName") String node,
            @Value("${manus.routes.settle}") Duration settle) {
        this.versions = versions;
        this.firstVersion = firstVersion;
        this.factory = factory;
        this.check = check;
        this.report = report;
        this.watch = new FolderWatch(folder.path(), settle, System::nanoTime);
        this.node = node;
        this.poll = settle.dividedBy(5);
        this.loop = loops.named("reload", LATE);
    }

    /**
     * Starts the first version; then watches.
     *
     * @throws RefusedAtStartException when the folder does not check and nothing ran before
     */
    public void start() throws Exception {
        RunningVersion version = firstVersion.start(this::stopLater);
        version.setNumber(versions.add(version.bundle(), node));
        version.startSelfStarting();
        current = version;
        RefusedChange refused = report.refused();
        decided = refused == null ? version.bundle().hash() : refused.hash();
        thread.execute(() -> lookBack(version));
        var unused = thread.scheduleWithFixedDelay(this::look, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Warns of what was taken unchecked; and what the first check takes to warm up, no edit has to wait for. */
    private void lookBack(RunningVersion version) {
        loop.scheduled(() -> report.warns(version, check.check(version.bundle())));
    }

    /** When nothing is worked on any more. */
    public void stop() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(5, TimeUnit.SECONDS);
        RunningVersion last = current;
        if (last != null) {
            last.stop();
        }
    }

    /** The version that an event begins in now; whoever enters it, leaves it. */
    RunningVersion enter() {
        while (true) {
            RunningVersion version = running();
            if (version.enter()) {
                return version;
            }
        }
    }

    /** Null until the first one runs. */
    @Nullable
    RunningVersion current() {
        return current;
    }

    RunningVersion running() {
        return Objects.requireNonNull(current, "no version has been started");
    }

    private void look() {
        loop.scheduled(() -> {
            try {
                Bundle bundle = watch.settled();
                report.canRead();
                if (bundle != null && !bundle.hash().equals(decided) && System.nanoTime() - notBefore >= 0) {
                    decided = bundle.hash();
                    decide(bundle, running());
                }
            } catch (IOException e) {
                report.cannotRead(e, running().number());
            } catch (Throwable e) {
                tryAgain();
                throw e;
            }
        });
    }

    private void decide(Bundle bundle, RunningVersion before) {
        if (bundle.hash().equals(before.bundle().hash())) {
            report.runsAnyway(before);
            return;
        }
        List<Problem> problems = check.check(bundle);
        if (problems.stream().anyMatch(Problem::isError)) {
            report.refuses(bundle, problems, before.number());
            return;
        }
        try {
            RunningVersion next = replace(before, bundle);
            report.runs(next, BundleDiff.summary(before.bundle(), bundle), problems);
        } catch (Exception | LinkageError e) {
            tryAgain();
            report.fails(before, e);
        }
    }

    /** All that may fail comes first; the step that makes it the current one cannot. */
    private RunningVersion replace(RunningVersion before, Bundle bundle) throws Exception {
        RunningVersion next = factory.start(bundle, this::stopLater);
        try {
            before.stopSelfStarting();
            next.startSelfStarting();
            next.setNumber(versions.add(bundle, node));
        } catch (Throwable e) {
            next.retire();
            resume(before, e);
            throw e;
        }
        current = next;
        before.retire();
        return next;
    }

    private static void resume(RunningVersion version, Throwable because) {
        try {
            version.startSelfStarting();
        } catch (Exception e) {
            because.addSuppressed(e);
        }
    }

    /** Not after the end, which stops all there is. */
    private void stopLater(Runnable stop) {
        if (!thread.isShutdown()) {
            thread.execute(stop);
        }
    }

    private void tryAgain() {
        decided = null;
        notBefore = System.nanoTime() + TRY_AGAIN.toNanos();
    }
}
