package org.manusroutes.bundle.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RoutesFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Says what became of an edit, once: in the log, as {@code manus_routes_reload_total{outcome}}, and to who listens. */
@Component
final class ReloadReport {
    private static final Logger log = LoggerFactory.getLogger(GuardedReload.class);

    private final Path folder;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Counter accepted;
    private final Counter refusals;
    private final Counter failed;
    private volatile @Nullable RefusedChange refused;
    /** The edit that was refused when the folder became unreadable, and is so still when it can be read again. */
    private volatile @Nullable RefusedChange refusedBefore;

    private volatile boolean unreadable;

    ReloadReport(RoutesFolder folder, ApplicationEventPublisher events, Clock clock, MeterRegistry meters) {
        this.folder = folder.path();
        this.events = events;
        this.clock = clock;
        this.accepted = meters.counter("manus.routes.reload", "outcome", "accepted");
        this.refusals = meters.counter("manus.routes.reload", "outcome", "refused");
        this.failed = meters.counter("manus.routes.reload", "outcome", "failed");
    }

    /** The edit that lies in the folder and does not run; null when the folder holds what runs. */
    @Nullable
    RefusedChange refused() {
        return refused;
    }

    /** The first version, which is what the folder holds. */
    void starts(RunningVersion version) {
        refused = null;
        log.info("Started {} routes from {}", version.routes(), folder);
    }

    /** @param problems warnings of the check */
    void runs(RunningVersion version, String change, List<Problem> problems) {
        refused = null;
        accepted.increment();
        log.info(
                "Version {} of the routes is running: {}{}", version.number(), change, Problem.lines(folder, problems));
    }

    void runsAnyway(RunningVersion version) {
        refused = null;
        log.info("{} holds version {} again, which is running", folder, version.number());
    }

    /** All routes of the version run; what was pending of it has started. */
    void isComplete(RunningVersion version) {
        RefusedChange before = refused;
        if (before != null
                && before.pending()
                && before.hash().equals(version.bundle().hash())) {
            refused = null;
            log.info("All routes of version {} are running now", version.number());
        }
    }

    void warns(RunningVersion version, List<Problem> problems) {
        if (!problems.isEmpty()) {
            log.warn(
                    "Version {} of the routes is running, with warnings:{}",
                    version.number(),
                    Problem.lines(folder, problems));
        }
    }

    /** @param running null when no version runs */
    void refuses(Bundle bundle, List<Problem> problems, @Nullable RunningVersion running) {
        refuses(bundle.hash(), problems, running);
    }

    private void refuses(String hash, List<Problem> problems, @Nullable RunningVersion running) {
        refusals.increment();
        say("ARE REFUSED", hash, false, problems, running);
    }

    /** Good, but not started. */
    void pends(Bundle bundle, List<Problem> problems, @Nullable RunningVersion running) {
        failed.increment();
        say("DO NOT START", bundle.hash(), true, problems, running);
    }

    /** Once for each cause, however often it is tried again. */
    private void say(
            String what, String hash, boolean pending, List<Problem> problems, @Nullable RunningVersion running) {
        Long number = running == null ? null : running.number();
        RefusedChange change = new RefusedChange(folder, hash, clock.instant(), number, pending, problems);
        RefusedChange before = refused;
        if (before != null && before.saysTheSame(change)) {
            return;
        }
        refused = change;
        log.error("THE ROUTES IN {} {}; {}:{}", folder, what, remains(hash, running), Problem.lines(folder, problems));
        events.publishEvent(change);
    }

    private static String remains(String hash, @Nullable RunningVersion running) {
        if (running == null) {
            return "NO VERSION RUNS, events are stored and wait";
        }
        return running.bundle().hash().equals(hash)
                ? "the other routes of version " + running.number() + " run"
                : "version " + running.number() + " keeps running, without this edit";
    }

    /** The folder cannot be read: said once, like a refused edit, until it can be, or for another reason. */
    void cannotRead(IOException why, @Nullable RunningVersion running) {
        String what = "the folder cannot be read: " + why;
        RefusedChange before = refused;
        if (before != null && before.problems().get(0).what().equals(what)) {
            return;
        }
        if (!unreadable) {
            refusedBefore = before;
        }
        refuses(DigestUtils.sha256Hex(what), List.of(Problem.error(new Place(".", 1, 1), what)), running);
        unreadable = true;
    }

    void canRead() {
        if (unreadable) {
            unreadable = false;
            refused = refusedBefore;
            log.info("{} can be read again", folder);
        }
    }
}
