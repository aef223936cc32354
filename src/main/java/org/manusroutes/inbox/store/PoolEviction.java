package org.manusroutes.inbox.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Which connections leave the pool: those to a server that no longer takes writes, or is going away, in the hope that
 * the next one leads to another (several hosts, {@code targetServerType=primary}, a proxy). Named by class in
 * {@code spring.datasource.hikari.exception-override-class-name}.
 */
public final class PoolEviction implements SQLExceptionOverride {
    /**
     * Read-only transaction; idle-in-transaction time-out; shutdown, crash, starting up, database dropped, session
     * time-out (PostgreSQL, Appendix A); an unknown prepared statement, which a proxy's other server has.
     */
    private static final Set<String> LEAVE =
            Set.of("25006", "25P03", "57P01", "57P02", "57P03", "57P04", "57P05", "26000");

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        for (SQLException next = e; next != null; next = next.getNextException()) {
            if (LEAVE.contains(next.getSQLState())) {
                return Override.MUST_EVICT;
            }
        }
        return Override.CONTINUE_EVICT;
    }
}
