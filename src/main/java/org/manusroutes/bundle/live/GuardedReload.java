package org.manusroutes.bundle.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.BundleDiff;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RoutesFolder;
import org.manusroutes.bundle.check.BundleCheck;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger log = LoggerFactory.getLogger(GuardedReload.class);

    /** Until what is good and did not start is tried again. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    /** Until the door opens without routes; far more than a good start takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration LATE = Duration.ofMinutes(2);

    private final BundleVersions versions;
    private final FirstVersion firstVersion;
    private final Takeover takeover;
    private final BundleCheck check;
    private final ReloadReport report;
    private final FolderWatch watch;
    private final String node;
    private final long pollMillis;
    private final Loop loop;
    private final TimeLimit limit = new TimeLimit(Duration.ofSeconds(10));
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("routes-"));

    private final List<Runnable> waiting = new ArrayList<>();
    private volatile @Nullable RunningVersion current;
    /** Hash of what was decided on last; null when it is to be tried again. Of the one thread, as what follows. */
    private @Nullable String decided;

    /** Hash of what was looked at last: it is not tried again at once, but what was saved since is. */
    private String tried = "";

    private long notBefore = System.nanoTime();
    /** Whether routes of the current version that begin by themselves have not started. */
    private boolean incomplete;

    GuardedReload(
            RoutesFolder folder,
            BundleVersions versions,
            FirstVersion firstVersion,
            Takeover takeover,
            BundleCheck check,
            ReloadReport report,
            Loops loops,
            @Qualifier("nodeName") String node,
            @Value("${manus.routes.settle}") Duration settle) {
        this.versions = versions;
        this.firstVersion = firstVersion;
        this.takeover = takeover;
        this.check = check;
        this.report = report;
        this.watch = new FolderWatch(folder.path(), settle, System::nanoTime);
        this.node = node;
        this.pollMillis = settle.toMillis() / 5;
        this.loop = loops.named("reload", LATE);
    }

    /**
     * Starts the first version; then watches. This ends soon, whatever the routes do: without a version the door opens,
     * and events wait until one starts.
     *
     * @throws RoutesFolder.NoRouteFilesException when there is nothing to run, and never was
     */
    public void start() throws InterruptedException {
        firstVersion.refuseToRunNowhere();
        try {
            thread.submit(() -> loop.scheduled(this::startFirst)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.error("No routes run after {} s; the door opens, and events wait for them", PATIENCE.toSeconds());
        }
        var unused = thread.scheduleWithFixedDelay(this::look, pollMillis, pollMillis, TimeUnit.MILLISECONDS);
    }

    private void startFirst() throws InterruptedException {
        tryAgain();
        RunningVersion version = firstVersion.start();
        if (version == null) {
            return;
        }
        RefusedChange refused = report.refused();
        if (refused == null) {
            version.setNumber(versions.add(version.bundle(), node));
            decided = version.bundle().hash();
        } else if (!refused.pending()) {
            decided = refused.hash();
        }
        current = version;
        incomplete = true;
        runWhatWaits();
        inTurn(() -> complete(version));
        // and what the first check takes to warm up, no edit has to wait for
        inTurn(() -> report.warns(version, check.check(version.bundle())));
    }

    /** Starts what begins by itself, when the door is open: a queue that is away may take its time to say so. */
    void complete(RunningVersion version) throws InterruptedException {
        List<Problem> problems = version.startSelfStarting(limit, route -> true);
        incomplete = !problems.isEmpty();
        if (incomplete) {
            notBefore = System.nanoTime() + TRY_AGAIN.toNanos();
            report.pends(version.bundle(), problems, version);
        } else {
            report.isComplete(version);
        }
    }

    /** Runs it as soon as a version runs, on the thread of the reload when that is later. */
    public void whenRunning(Runnable what) {
        synchronized (waiting) {
            waiting.add(what);
        }
        if (current != null) {
            runWhatWaits();
        }
    }

    private void runWhatWaits() {
        List<Runnable> ready;
        synchronized (waiting) {
            ready = List.copyOf(waiting);
            waiting.clear();
        }
        ready.forEach(Runnable::run);
    }

    /** Does something between two looks at the folder. */
    void inTurn(Loop.Turn turn) {
        if (!thread.isShutdown()) {
            thread.execute(() -> loop.scheduled(turn));
        }
    }

    /** When nothing is worked on any more. */
    public void stop() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(5, TimeUnit.SECONDS);
        RunningVersion last = current;
        if (last != null) {
            loop.turn(() -> limit.run("stop", last::stop));
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
            RunningVersion before = current;
            try {
                Bundle bundle = watch.settled();
                report.canRead();
                if (bundle == null || (bundle.hash().equals(tried) && System.nanoTime() - notBefore < 0)) {
                    return;
                }
                tried = bundle.hash();
                if (before == null) {
                    startFirst();
                } else if (!bundle.hash().equals(decided)) {
                    decided = bundle.hash();
                    decide(bundle, before);
                } else if (incomplete) {
                    complete(before);
                }
            } catch (IOException e) {
                report.cannotRead(e, before);
            } catch (Throwable e) {
                tryAgain();
                throw e;
            }
        });
    }

    private void decide(Bundle bundle, RunningVersion before) throws InterruptedException {
        if (bundle.hash().equals(before.bundle().hash())) {
            report.runsAnyway(before);
            return;
        }
        List<Problem> problems = check.check(bundle);
        if (problems.stream().anyMatch(Problem::isError)) {
            report.refuses(bundle, problems, before);
            return;
        }
        List<Problem> failures = new ArrayList<>();
        RunningVersion next = takeover.attempt(before, bundle, failures);
        if (next == null) {
            tryAgain();
            incomplete = true; // what of the version before was stopped may not have started again
            report.pends(bundle, failures, before);
        } else {
            current = next;
            incomplete = false;
            before.retire();
            report.runs(next, BundleDiff.summary(before.bundle(), bundle), problems);
        }
    }

    private void tryAgain() {
        decided = null;
        notBefore = System.nanoTime() + TRY_AGAIN.toNanos();
    }
}
