package org.manusroutes.bundle.live;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Counts each run of a route of the bundle as {@code manus_step_total{step,outcome}}: done, failed, or skipped because
 * the ledger knows it as done.
 */
final class StepMetrics implements RoutePolicyFactory {
    private final MeterRegistry meters;

    StepMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route done, Exchange exchange) {
                meters.counter("manus.step", "step", routeId, "outcome", outcome(exchange))
                        .increment();
            }
        };
    }

    private static String outcome(Exchange exchange) {
        if (exchange.isFailed()) {
            return "failed";
        }
        return Boolean.TRUE.equals(exchange.getProperty(Exchange.DUPLICATE_MESSAGE)) ? "skipped" : "done";
    }
}
