package org.manusroutes.bundle.live;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code lease}: which node runs a route that only one may run. A node that dies is followed by another when
 * its lease has run out; times in the table are the database's own.
 */
@Component
final class RouteLeases {
    static final int RENEW_SECONDS = 5;

    /** A node that was killed is followed within this time and that until a renewal. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private static final String EXTEND = """
            update lease set node = :node,
                until_at = current_timestamp + cast(:seconds as integer) * interval '1' second
            where name = :name and (node = :node or until_at < current_timestamp)
            """;

    private static final String TAKE = """
            insert into lease (name, node, until_at)
            values (:name, :node, current_timestamp + cast(:seconds as integer) * interval '1' second)
            on conflict do nothing
            """;

    private static final String RELEASE = "delete from lease where node = :node";

    private static final Logger log = LoggerFactory.getLogger(RouteLeases.class);

    private final JdbcClient jdbc;
    private final String node;
    /** Their ends by {@link System#nanoTime()}, which also goes on while this process hangs. */
    private final Map<String, Long> held = new ConcurrentHashMap<>();

    RouteLeases(JdbcClient jdbc, @Qualifier("nodeName") String node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** Whether no other node can have taken it. */
    boolean holds(String route) {
        Long until = held.get(route);
        return until != null && until - System.nanoTime() > 0;
    }

    /**
     * Takes or keeps the leases of these routes, where no other node has them.
     *
     * @throws DataAccessException when the database is away; then leases run out
     */
    void renew(Collection<String> routes) {
        for (String route : routes) {
            long until = System.nanoTime() + LEASE.toNanos(); // begins no later than the database's
            if (write(EXTEND, route) || write(TAKE, route)) {
                held.put(route, until);
            } else {
                held.remove(route);
            }
        }
    }

    private boolean write(String sql, String route) {
        return jdbc.sql(sql)
                        .param("name", "route/" + route)
                        .param("node", node)
                        .param("seconds", LEASE.toSeconds())
                        .update()
                == 1;
    }

    /** Another node need not wait: the routes have stopped. */
    @PreDestroy
    void release() {
        if (held.isEmpty()) {
            return;
        }
        held.clear();
        try {
            jdbc.sql(RELEASE).param("node", node).update();
        } catch (DataAccessException e) {
            log.debug("Could not release the leases of this node; they run out", e);
        }
    }
}
