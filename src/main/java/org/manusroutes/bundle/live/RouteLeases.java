package org.manusroutes.bundle.live;

import java.time.Duration;
import java.util.Collection;
import org.manusroutes.lease.NodeLeases;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The leases of the routes that only one node may run. */
@Component
final class RouteLeases {
    static final int RENEW_SECONDS = 5;

    /** A node that was killed is followed within this time and that until a renewal. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final NodeLeases leases;

    RouteLeases(NodeLeases leases) {
        this.leases = leases;
    }

    /** Whether no other node can have taken it. */
    boolean holds(String route) {
        return leases.holds(name(route));
    }

    /**
     * Takes or keeps the leases of these routes, where no other node has them.
     *
     * @throws DataAccessException when the database is away; then leases run out
     */
    void renew(Collection<String> routes) {
        routes.forEach(route -> leases.renew(name(route), LEASE));
    }

    private static String name(String route) {
        return "route/" + route;
    }
}
