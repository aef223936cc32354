package org.manusroutes.bundle.live;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;

/**
 * Gives what begins in a route, and not with an event, a key of its own, {@code <route>/<time>-<n>}, so that the steps
 * do for it once what they do for an event once.
 */
final class OwnKey implements RoutePolicyFactory {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    /** Nodes count from different numbers. */
    private static final AtomicLong count =
            new AtomicLong(ThreadLocalRandom.current().nextInt(1_000_000));

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        boolean called = route instanceof RouteDefinition definition
                && definition.getEndpointUrl().startsWith("direct:");
        return called ? null : new Policy();
    }

    private static final class Policy extends RoutePolicySupport {
        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (exchange.getVariable(EventVariables.EVENT_KEY) == null) {
                Instant now = Instant.now();
                String key = route.getRouteId() + '/' + TIME.format(now) + '-' + count.incrementAndGet();
                exchange.setVariable(EventVariables.EVENT_KEY, key);
                exchange.setVariable(EventVariables.EVENT_ID, key);
                exchange.setVariable(EventVariables.ATTEMPT, 1);
                exchange.setVariable(EventVariables.RECEIVED_AT, now);
            }
        }
    }
}
