package org.manusroutes.bundle.live;

import java.util.Map;
import org.manusroutes.bundle.RoutesFolder;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Health {@code routes}: which version runs, and what lies in the folder that does not. DOWN when none runs. */
@Component("routesHealthIndicator")
final class RoutesStatus extends AbstractHealthIndicator {
    private final RoutesFolder folder;
    private final GuardedReload reload;
    private final ReloadReport report;
    private final BundleNodes nodes;

    RoutesStatus(RoutesFolder folder, GuardedReload reload, ReloadReport report, BundleNodes nodes) {
        this.folder = folder;
        this.reload = reload;
        this.report = report;
        this.nodes = nodes;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        RunningVersion running = reload.current();
        builder.status(running == null ? Status.DOWN : Status.UP)
                .withDetail("directory", folder.path().toString());
        if (running != null) {
            builder.withDetail("version", running.number())
                    .withDetail("hash", running.bundle().shortHash())
                    .withDetail("routes", running.routes());
        }
        RefusedChange refused = report.refused();
        if (refused != null) {
            builder.withDetail(
                    refused.pending() ? "pending" : "refused",
                    Map.of("at", refused.at().toString(), "problems", refused.lines()));
        }
        if (!nodes.others().isEmpty()) {
            builder.withDetail("otherVersions", nodes.others());
        }
    }
}
