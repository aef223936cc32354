package org.manusroutes.inbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One run of an event through the bundle; known to all of the exchange's copies. */
final class Run {
    private static final String PROPERTY = "manusRun";

    private final boolean first;
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    private Run(boolean first) {
        this.first = first;
    }

    static void begin(Exchange exchange, StoredEvent event) {
        exchange.setProperty(PROPERTY, new Run(event.attempt() == 1));
    }

    /** Null for an exchange that did not come out of the inbox. */
    static @Nullable Run of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Run.class);
    }

    /** Whether nobody has begun with this event before, on any node: then the ledger holds nothing of it. */
    boolean isFirst() {
        return first;
    }

    void done(String key) {
        done.add(key);
    }

    boolean hasDone(String key) {
        return done.contains(key);
    }
}
