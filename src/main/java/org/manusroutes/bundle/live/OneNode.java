package org.manusroutes.bundle.live;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.RoutePolicySupport;
import org.springframework.stereotype.Component;

/**
 * Bean {@code #oneNode}, the policy of a route that begins by itself and that one node at a time runs: it is started
 * where its lease is held, and stopped where it is not any more.
 */
@Component(OneNode.NAME)
final class OneNode extends RoutePolicySupport {
    static final String NAME = "oneNode";

    private final RouteLeases leases;

    OneNode(RouteLeases leases) {
        this.leases = leases;
    }

    static boolean isPolicyOf(RouteDefinition route) {
        String policies = route.getRoutePolicyRef();
        return policies != null && (',' + policies.replaceAll("[#\\s]", "") + ',').contains(',' + NAME + ',');
    }

    /** A process that hung may wake when another node runs the route. */
    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (!leases.holds(route.getRouteId())) {
            exchange.setException(
                    new IllegalStateException("another node may run the route " + route.getRouteId() + " now"));
        }
    }
}
