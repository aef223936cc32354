package org.manusroutes.standins;

import java.util.Map;

/** A local service in the place of one that a laptop lacks. */
public interface StandIn extends AutoCloseable {
    /** The {@code manus.*} properties that an application needs to use it. */
    Map<String, Object> settings();

    @Override
    void close();
}
