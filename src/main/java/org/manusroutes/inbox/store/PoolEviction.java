package org.manusroutes.inbox.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connections leave the pool: those to a server that no longer takes writes, or is going away, in the hope that
 * the next one leads to another (several hosts, {@code targetServerType=primary}, a proxy). Named by class in
 * {@code spring.datasource.hikari.exception-override-class-name}.
 */
public final class PoolEviction implements SQLExceptionOverride {
    /**
     * Read-only transaction; idle-in-transaction time-out; shutdown, crash, starting up, database dropped, session
     * time-out (PostgreSQL, Appendix A); a prepared statement that is unknown, or another's, behind a proxy.
     */
    private static final Set<String> LEAVE =
            Set.of("25006", "25P03", "57P01", "57P02", "57P03", "57P04", "57P05", "26000", "42P05");

    private static final Set<String> SHARED_BY_A_PROXY = Set.of("26000", "42P05");

    private static final Logger log = LoggerFactory.getLogger(PoolEviction.class);

    private static final AtomicBoolean said = new AtomicBoolean();

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        for (SQLException next = e; next != null; next = next.getNextException()) {
            String state = String.valueOf(next.getSQLState());
            if (SHARED_BY_A_PROXY.contains(state) && !said.getAndSet(true)) {
                log.warn(
                        "The database has other prepared statements than this node knows ({}). Is there a PgBouncer"
                                + " in transaction mode? Then add prepareThreshold=0 to spring.datasource.url."
                                + " What fails meanwhile is tried again",
                        state);
            }
            if (LEAVE.contains(state)) {
                return Override.MUST_EVICT;
            }
        }
        return Override.CONTINUE_EVICT;
    }
}
