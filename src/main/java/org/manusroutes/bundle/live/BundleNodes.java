package org.manusroutes.bundle.live;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The table {@code bundle_node}: what each node runs. Each reloads its own folder; one whose routes differ from
 * another's for more than a minute says so. Times are the database's own.
 */
@Component
final class BundleNodes {
    private static final Logger log = LoggerFactory.getLogger(BundleNodes.class);

    /** Long enough for an edit to reach all folders. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** A node that says nothing for so long is gone. */
    private static final Duration GONE = Duration.ofSeconds(45);

    private static final String SAY = """
            merge into bundle_node n
            using (values (cast(:node as varchar(100)), cast(:version as bigint), cast(:hash as char(64))))
                as s (node, version, hash)
            on n.node = s.node
            when matched then update set
                since = case when n.hash = s.hash then n.since else current_timestamp end,
                bundle_version = s.version, hash = s.hash, seen_at = current_timestamp
            when not matched then insert (node, bundle_version, hash, since, seen_at)
                values (s.node, s.version, s.hash, current_timestamp, current_timestamp)
            """;

    private static final String OTHERS = """
            select other.node, other.bundle_version
            from bundle_node other, bundle_node this
            where this.node = :node and other.hash <> this.hash
                and other.seen_at > current_timestamp - cast(:gone as double precision) * interval '1' second
                and greatest(other.since, this.since)
                    < current_timestamp - cast(:patience as double precision) * interval '1' second
            order by other.node
            """;

    private static final String FORGET = """
            delete from bundle_node
            where node = :node or seen_at < current_timestamp - interval '1' day
            """;

    private final JdbcClient jdbc;
    private final GuardedReload reload;
    private final Loop loop;
    private final String node;
    private volatile List<String> others = List.of();

    BundleNodes(JdbcClient jdbc, GuardedReload reload, Loops loops, @Qualifier("nodeName") String node) {
        this.jdbc = jdbc;
        this.reload = reload;
        this.loop = loops.named("node-heartbeat", GONE);
        this.node = node;
    }

    /** Nodes whose routes have differed from this one's for too long, as {@code <node>: version <n>}. */
    List<String> others() {
        return others;
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void look() {
        loop.scheduled(() -> {
            RunningVersion running = reload.current();
            if (running != null) {
                report(running);
            }
        });
    }

    private void report(RunningVersion running) {
        jdbc.sql(SAY)
                .param("node", node)
                .param("version", running.number())
                .param("hash", running.bundle().hash())
                .update();
        List<String> found = jdbc.sql(OTHERS)
                .param("node", node)
                .param("gone", GONE.toSeconds())
                .param("patience", PATIENCE.toSeconds())
                .query((row, n) -> row.getString("node") + ": version " + row.getLong("bundle_version"))
                .list();
        if (!found.isEmpty() && !found.equals(others)) {
            log.warn(
                    "Version {} of the routes runs here, other nodes run others ({}). Are the folders the same?",
                    running.number(),
                    String.join(", ", found));
        }
        others = found;
    }

    @PreDestroy
    void leave() {
        try {
            jdbc.sql(FORGET).param("node", node).update();
        } catch (DataAccessException e) {
            log.debug("Could not remove this node from bundle_node; others notice when it stops reporting", e);
        }
    }
}
