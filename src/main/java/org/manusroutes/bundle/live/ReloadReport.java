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
import org.springframework.dao.DataAccessException;
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

    void warns(RunningVersion version, List<Problem> problems) {
        if (!problems.isEmpty()) {
            log.warn(
                    "Version {} of the routes is running, with warnings:{}",
                    version.number(),
                    Problem.lines(folder, problems));
        }
    }

    void refuses(Bundle bundle, List<Problem> problems, long running) {
        refuses(bundle.hash(), problems, running);
    }

    private void refuses(String hash, List<Problem> problems, long running) {
        RefusedChange change = new RefusedChange(folder, hash, clock.instant(), running, problems);
        refused = change;
        refusals.increment();
        log.error(
                "THE ROUTES IN {} ARE REFUSED; version {} keeps running, without this edit:{}",
                folder,
                running,
                Problem.lines(folder, problems));
        events.publishEvent(change);
    }

    void fails(RunningVersion running, Throwable failure) {
        failed.increment();
        boolean database = failure instanceof DataAccessException;
        log.error(
                "The edit in {} passes the check but could not be started; it is tried again. Version {} keeps"
                        + " running{}",
                folder,
                running.number(),
                database ? ": " + failure.getMessage() : "",
                database ? null : failure);
    }

    /** The folder cannot be read: said once, like a refused edit, until it can be, or for another reason. */
    void cannotRead(IOException why, long running) {
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
