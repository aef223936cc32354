package org.manusroutes.bundle;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Health {@code routes} and {@code manus_routes_reload_total{outcome}}: what runs, and how the last edit went. */
@Component("routesHealthIndicator")
final class RoutesStatus extends AbstractHealthIndicator {
    private final RoutesFolder folder;
    private final CamelContext camel;

    RoutesStatus(RoutesFolder folder, CamelContext camel, MeterRegistry meters) {
        this.folder = folder;
        this.camel = camel;
        FunctionCounter.builder("manus.routes.reload", this, RoutesStatus::loaded)
                .tag("outcome", "loaded")
                .register(meters);
        FunctionCounter.builder("manus.routes.reload", this, RoutesStatus::failed)
                .tag("outcome", "failed")
                .register(meters);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up()
                .withDetail("directory", folder.path().toString())
                .withDetail("routes", camel.getRoutesSize())
                .withDetail("reloads", loaded())
                .withDetail("failedReloads", failed());
        RouteWatcherReloadStrategy watcher = watcher();
        if (watcher != null && watcher.getLastError() != null) {
            builder.withDetail("problem", String.valueOf(watcher.getLastError().getMessage()));
        }
    }

    private int loaded() {
        RouteWatcherReloadStrategy watcher = watcher();
        return watcher == null ? 0 : watcher.getReloadCounter();
    }

    private int failed() {
        RouteWatcherReloadStrategy watcher = watcher();
        return watcher == null ? 0 : watcher.getFailedCounter();
    }

    /** Null while the routes are not watched. */
    private @Nullable RouteWatcherReloadStrategy watcher() {
        return camel.hasService(RouteWatcherReloadStrategy.class);
    }
}
