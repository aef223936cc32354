package org.manusroutes.inbox;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets events that were done long ago, in small batches; on each node, which do not get in each other's way. */
@Component
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 500;

    private final EventTable events;
    private final InboxProperties properties;

    Retention(EventTable events, InboxProperties properties) {
        this.events = events;
        this.properties = properties;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void purge() {
        int batch;
        int total = 0;
        do {
            batch = events.purge(properties.keep(), BATCH);
            total += batch;
        } while (batch == BATCH);
        if (total > 0) {
            log.info("Forgot {} events that were done more than {} ago", total, properties.keep());
        }
    }
}
