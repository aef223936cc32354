package org.manusroutes.inbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.manusroutes.inbox.store.Purge;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets events that were done longer ago than {@code manus.inbox.keep}, hour by hour; on each node, which do not get
 * in each other's way. Batches are small, and a pause as long as the batch leaves half of the time to others.
 */
@Component
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 500;

    private final Purge purge;
    private final InboxProperties properties;
    private final Loop loop;

    Retention(Purge purge, InboxProperties properties, Loops loops) {
        this.purge = purge;
        this.properties = properties;
        this.loop = loops.named("retention", Duration.ofHours(3));
    }

    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void purge() {
        loop.scheduled(this::purgeAll);
    }

    private void purgeAll() throws InterruptedException {
        int batch;
        int total = 0;
        do {
            long begin = System.nanoTime();
            batch = purge.batch(properties.keep(), BATCH);
            total += batch;
            loop.good();
            if (batch == BATCH) {
                TimeUnit.NANOSECONDS.sleep(System.nanoTime() - begin);
            }
        } while (batch == BATCH);
        if (total > 0) {
            log.info("Forgot {} events that were done more than {} ago", total, properties.keep());
        }
    }
}
