package org.manusroutes.bundle.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.camel.BundleBeans;
import org.manusroutes.bundle.camel.BundleContext;
import org.manusroutes.bundle.camel.FileBeans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Starts versions of the bundle. */
@Component
final class VersionStarter {
    private static final Logger log = LoggerFactory.getLogger(VersionStarter.class);

    private final ApplicationContext spring;
    private final StepMetrics metrics;
    private final RouteLeases leases;
    /** What goes by a context's name, as Quartz's schedulers do, is shared with no version of the same content. */
    private final AtomicLong starts = new AtomicLong();

    VersionStarter(ApplicationContext spring, MeterRegistry meters, RouteLeases leases) {
        this.leases = leases;
        this.spring = spring;
        this.metrics = new StepMetrics(meters);
    }

    /**
     * Starts all routes that wait to be called, within a time.
     *
     * @param ranBefore whether what is sent to may be away: it is connected to by the first event, which fails and
     *     is tried again, instead of now
     * @param failures takes why it does not start; nothing of it runs then
     * @return null when it does not
     */
    @Nullable
    RunningVersion start(TimeLimit limit, Bundle bundle, boolean ranBefore, List<Problem> failures)
            throws InterruptedException {
        try {
            return limit.get("start", () -> start(bundle, ranBefore), RunningVersion::stop);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            log.debug("Version {} of the routes does not start", bundle.shortHash(), e);
            failures.add(StartFailure.of(e, null));
            return null;
        }
    }

    private RunningVersion start(Bundle bundle, boolean ranBefore) throws Exception {
        DefaultCamelContext camel = BundleContext.create(
                spring, new BundleBeans(spring), "bundle-" + bundle.shortHash() + "-" + starts.incrementAndGet());
        FileBeans beans = null;
        try {
            metrics.watch(camel);
            camel.addRoutePolicyFactory(new OwnKey());
            camel.setAutoStartup(false);
            camel.getGlobalEndpointConfiguration().setLazyStartProducer(ranBefore);
            camel.start();
            beans = BundleContext.load(camel, bundle, false);
            return new RunningVersion(bundle, camel, beans, leases);
        } catch (Throwable e) {
            camel.stop();
            if (beans != null) {
                beans.close();
            }
            throw e;
        }
    }
}
