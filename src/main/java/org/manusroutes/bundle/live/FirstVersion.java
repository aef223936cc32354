package org.manusroutes.bundle.live;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
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

/** What runs when the application starts: what the folder holds, or what ran last when that does not check. */
@Component
final class FirstVersion {
    private static final Logger log = LoggerFactory.getLogger(FirstVersion.class);

    private final Path folder;
    private final BundleVersions versions;
    private final RunningVersion.Factory factory;
    private final BundleCheck check;
    private final ReloadReport report;

    FirstVersion(
            RoutesFolder folder,
            BundleVersions versions,
            RunningVersion.Factory factory,
            BundleCheck check,
            ReloadReport report) {
        this.folder = folder.path();
        this.versions = versions;
        this.factory = factory;
        this.check = check;
        this.report = report;
    }

    /** @throws RefusedAtStartException when neither can run */
    RunningVersion start(Executor stopper) throws Exception {
        Bundle bundle = Bundle.read(folder);
        RunningVersion version = startKnown(bundle, stopper);
        if (version == null) {
            List<Problem> problems = problems(bundle);
            version = problems.stream().anyMatch(Problem::isError)
                    ? startLast(bundle, problems, stopper)
                    : factory.start(bundle, stopper);
        }
        log.info("Started {} routes from {}", version.routes(), folder);
        return version;
    }

    /** A check that fails itself, whatever of the folder makes it fail, is no reason not to start. */
    private List<Problem> problems(Bundle bundle) {
        try {
            return check.check(bundle);
        } catch (RuntimeException | Error e) {
            log.error("The routes in {} could not be checked", folder, e);
            return List.of(Problem.error(new Place(".", 1, 1), String.valueOf(e.getMessage())));
        }
    }

    /** What was accepted before needs no check, unless it does not start any more, for example because of a setting. */
    private @Nullable RunningVersion startKnown(Bundle bundle, Executor stopper) {
        if (!versions.knows(bundle) && !bundle.hash().equals(ShippedBundle.hash())) {
            return null;
        }
        try {
            return factory.start(bundle, stopper);
        } catch (Exception e) {
            log.warn("The routes in {} were accepted before, but no longer start", folder, e);
            return null;
        }
    }

    private RunningVersion startLast(Bundle bundle, List<Problem> problems, Executor stopper) {
        Version last = versions.newest().orElseThrow(() -> new RefusedAtStartException(folder, problems));
        try {
            RunningVersion running = factory.start(last.bundle(), stopper);
            report.refuses(bundle, problems, last.number());
            return running;
        } catch (Exception e) {
            RefusedAtStartException refused = new RefusedAtStartException(folder, problems);
            refused.addSuppressed(e);
            throw refused;
        }
    }
}
