package org.manusroutes.lease;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code lease}: which node does what only one may do. A node that dies is followed by another when its lease
 * has run out; times in the table are the database's own. Safe for several threads.
 */
@Component
public final class NodeLeases {
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

    private static final Logger log = LoggerFactory.getLogger(NodeLeases.class);

    private final JdbcClient jdbc;
    private final String node;
    /** Their ends by {@link System#nanoTime()}, which also goes on while this process hangs. */
    private final Map<String, Long> held = new ConcurrentHashMap<>();

    public NodeLeases(JdbcClient jdbc, @Qualifier("nodeName") String node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** Whether no other node can have taken it. */
    public boolean holds(String name) {
        Long until = held.get(name);
        return until != null && until - System.nanoTime() > 0;
    }

    /**
     * Takes or keeps a lease, unless another node has it.
     *
     * @param time from now, in whole seconds
     * @return whether this node has it
     * @throws DataAccessException when the database is away; then leases run out
     */
    public boolean renew(String name, Duration time) {
        long until = System.nanoTime() + time.toNanos(); // begins no later than the database's
        boolean ours = write(EXTEND, name, time) || write(TAKE, name, time);
        if (ours) {
            held.put(name, until);
        } else {
            held.remove(name);
        }
        return ours;
    }

    private boolean write(String sql, String name, Duration time) {
        return jdbc.sql(sql)
                        .param("name", name)
                        .param("node", node)
                        .param("seconds", time.toSeconds())
                        .update()
                == 1;
    }

    /** Another node need not wait: this one stops. */
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
