package org.manusroutes.bundle.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * Counts each run of a route of the bundle as {@code manus_step_total{step,outcome}}: done, failed, or skipped because
 * the ledger knows it as done, or because its channel is off (the route is a filter, which did not match).
 */
final class StepMetrics implements RoutePolicyFactory {
    private final MeterRegistry meters;

    StepMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Before any route is added. */
    void watch(DefaultCamelContext camel) {
        camel.addRoutePolicyFactory(this);
        camel.addModelLifecycleStrategy(new ModelLifecycleStrategySupport() {
            @Override
            public void onAddRouteDefinition(RouteDefinition route) {
                FilterDefinition filter = filter(route);
                if (filter != null && filter.getStatusPropertyName() == null) {
                    filter.setStatusPropertyName(route.getRouteId() + "-matched");
                }
            }
        });
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        Counter done = counter(routeId, "done");
        Counter failed = counter(routeId, "failed");
        Counter skipped = counter(routeId, "skipped");
        FilterDefinition filter = route instanceof RouteDefinition definition ? filter(definition) : null;
        String matched = filter == null ? null : filter.getStatusPropertyName();
        return new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route ended, Exchange exchange) {
                boolean off = matched != null && Boolean.FALSE.equals(exchange.getProperty(matched));
                if (exchange.isFailed()) {
                    failed.increment();
                } else if (off || Boolean.TRUE.equals(exchange.getProperty(Exchange.DUPLICATE_MESSAGE))) {
                    skipped.increment();
                } else {
                    done.increment();
                }
            }
        };
    }

    /** With its first version already, so that a rate over it has a beginning. */
    private Counter counter(String routeId, String outcome) {
        return meters.counter("manus.step", "step", routeId, "outcome", outcome);
    }

    /** The filter that the whole route is; null when it is none. */
    private static @Nullable FilterDefinition filter(RouteDefinition route) {
        List<ProcessorDefinition<?>> steps =
                route.getOutputs().stream().filter(step -> !step.isAbstract()).toList();
        return steps.size() == 1 && steps.get(0) instanceof FilterDefinition filter ? filter : null;
    }
}
