package org.manusroutes.bundle.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RoutesFolder;
import org.manusroutes.bundle.ShippedBundle;
import org.manusroutes.bundle.check.BundleCheck;
import org.manusroutes.bundle.live.BundleVersions.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What runs when the application starts: what the folder holds, or the last version that starts when that cannot run;
 * none when there is none, which is no reason not to start either.
 */
@Component
final class FirstVersion {
    private static final Logger log = LoggerFactory.getLogger(FirstVersion.class);

    /** Of older ones no better is to be expected. */
    private static final int TRIED = 10;

    private final RoutesFolder folder;
    private final BundleVersions versions;
    private final VersionStarter starter;
    private final BundleCheck check;
    private final ReloadReport report;
    private final TimeLimit limit = new TimeLimit(Duration.ofSeconds(10));

    FirstVersion(
            RoutesFolder folder,
            BundleVersions versions,
            VersionStarter starter,
            BundleCheck check,
            ReloadReport report) {
        this.folder = folder;
        this.versions = versions;
        this.starter = starter;
        this.check = check;
        this.report = report;
    }

    /** Stops the start where nothing can run for a reason that no waiting mends: in a folder that is not meant. */
    void refuseToRunNowhere() {
        if (!folder.holdsRouteFiles() && versions.newest().isEmpty()) {
            throw new RoutesFolder.NoRouteFilesException(folder.path());
        }
    }

    /** Starts it, but for the routes that begin by themselves; null when nothing starts. */
    @Nullable
    RunningVersion start() throws InterruptedException {
        Bundle bundle;
        try {
            bundle = Bundle.read(folder.path());
        } catch (IOException e) {
            RunningVersion last = startLast("");
            report.cannotRead(e, last);
            return last;
        }
        boolean known = versions.knows(bundle) || bundle.hash().equals(ShippedBundle.hash());
        List<Problem> problems = known ? List.of() : problems(bundle);
        if (problems.stream().anyMatch(Problem::isError)) {
            RunningVersion last = startLast(bundle.hash());
            report.refuses(bundle, problems, last);
            return last;
        }
        List<Problem> failures = new ArrayList<>();
        RunningVersion version = start(bundle, known, failures);
        if (version == null) {
            version = startLast(bundle.hash());
            report.pends(bundle, failures, version);
        } else {
            report.starts(version);
        }
        return version;
    }

    /**
     * A version that ran before runs although what it sends to is away, and a queue that it reads. One that never ran
     * starts whole or not at all.
     *
     * @return null when it does not start; then the failures say why
     */
    private @Nullable RunningVersion start(Bundle bundle, boolean known, List<Problem> failures)
            throws InterruptedException {
        RunningVersion version = starter.start(limit, bundle, known, failures);
        if (version != null && !known) {
            failures.addAll(version.startSelfStarting(limit, route -> true));
        }
        if (version != null && !failures.isEmpty()) {
            version.retire();
            return null;
        }
        return version;
    }

    /** A check that fails itself, whatever of the folder makes it fail, is no reason not to start. */
    private List<Problem> problems(Bundle bundle) {
        try {
            return check.check(bundle);
        } catch (RuntimeException | Error e) {
            log.error("The routes in {} could not be checked", folder.path(), e);
            return List.of(Problem.error(new Place(".", 1, 1), "could not be checked: " + e));
        }
    }

    private @Nullable RunningVersion startLast(String without) throws InterruptedException {
        List<Version> all = versions.list();
        int tried = 0;
        for (int i = all.size() - 1; i >= 0 && tried < TRIED; i--) {
            Version version = all.get(i);
            if (version.bundle().hash().equals(without)) {
                continue;
            }
            tried++;
            List<Problem> failures = new ArrayList<>();
            RunningVersion running = start(version.bundle(), true, failures);
            if (running != null) {
                running.setNumber(version.number());
                return running;
            }
            log.warn("Version {} of the routes:{}", version.number(), Problem.lines(folder.path(), failures));
        }
        return null;
    }
}
