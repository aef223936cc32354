package org.manusroutes.bundle.live;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Problem;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Starts a version to take the place of another. Routes that are new begin before those of the version before end:
 * these are not to stop with every try to start a new one.
 */
@Component
final class Takeover {
    private final VersionStarter starter;
    private final BundleVersions versions;
    private final String node;
    private final TimeLimit limit = new TimeLimit(Duration.ofSeconds(10));

    Takeover(VersionStarter starter, BundleVersions versions, @Qualifier("nodeName") String node) {
        this.starter = starter;
        this.versions = versions;
        this.node = node;
    }

    /**
     * The version, started and stored, to be put in the place of the other; null when it does not start, and the other
     * goes on.
     *
     * @param failures takes the reasons
     */
    @Nullable
    RunningVersion attempt(RunningVersion before, Bundle bundle, List<Problem> failures) throws InterruptedException {
        RunningVersion next = starter.start(limit, bundle, false, failures);
        if (next == null) {
            return null;
        }
        failures.addAll(next.startSelfStarting(limit, route -> !before.beginsBy(route)));
        if (failures.isEmpty()) {
            handOver(before, next, failures);
        }
        if (failures.isEmpty()) {
            return next;
        }
        try {
            limit.run("stop", next::stop); // what it has begun is not to run beside that of the version before
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            failures.add(StartFailure.of(e, null));
        }
        before.startSelfStarting(limit, route -> true);
        return null;
    }

    private void handOver(RunningVersion before, RunningVersion next, List<Problem> failures)
            throws InterruptedException {
        try {
            limit.run("stop", before::stopSelfStarting);
            failures.addAll(next.startSelfStarting(limit, route -> true));
            if (failures.isEmpty()) {
                next.setNumber(versions.add(next.bundle(), node));
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            failures.add(StartFailure.of(e, null));
        }
    }
}
