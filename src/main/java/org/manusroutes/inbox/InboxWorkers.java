package org.manusroutes.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Claims due events and works on them, a bounded number at a time; keeps the leases of what it works on; waits for it
 * to end when it is stopped.
 */
final class InboxWorkers extends DefaultConsumer {
    private static final Logger log = LoggerFactory.getLogger(InboxWorkers.class);

    /** How soon an event is found that another node left, or whose next attempt has come. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** Shorter than Camel's own shutdown time-out, so that what runs ends, is settled, and only then the rest stops. */
    private static final long SECONDS_TO_FINISH = 18;

    private final EventTable events;
    private final Settling settling;
    private final WakeUp wakeUp;
    private final InboxProperties properties;
    private final String node;
    private final Clock clock;
    private final ThreadFactory threads;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private volatile boolean claiming;
    private @Nullable Thread claimer;
    private @Nullable ExecutorService workers;
    private @Nullable ScheduledExecutorService housekeeping;

    InboxWorkers(Endpoint endpoint, Processor processor, Factory factory) {
        super(endpoint, processor);
        this.events = factory.events;
        this.settling = factory.settling;
        this.wakeUp = factory.wakeUp;
        this.properties = factory.properties;
        this.node = factory.node;
        this.clock = factory.clock;
        this.threads = factory.threads;
    }

    /** What every consumer of the inbox needs. */
    record Factory(
            EventTable events,
            Settling settling,
            WakeUp wakeUp,
            InboxProperties properties,
            String node,
            Clock clock,
            ThreadFactory threads) {
        InboxWorkers create(Endpoint endpoint, Processor processor) {
            return new InboxWorkers(endpoint, processor, this);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ExecutorService pool = Executors.newFixedThreadPool(properties.workers(), threads);
        workers = pool;
        claiming = true;
        housekeeping = Executors.newScheduledThreadPool(1, threads);
        long everyMillis = properties.lease().toMillis() / 3;
        housekeeping.scheduleWithFixedDelay(this::renewLeases, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        Thread thread = threads.newThread(() -> claimUntilStopped(pool));
        thread.start();
        claimer = thread;
    }

    @Override
    protected void doStop() throws Exception {
        claiming = false;
        wakeUp.call();
        Thread thread = claimer;
        if (thread != null) {
            thread.join(); // soon: it never waits longer than POLL, and is never interrupted within a statement
        }
        ExecutorService pool = workers;
        if (pool != null) {
            pool.shutdown();
            if (!pool.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                log.warn("{} events were still worked on; they are taken up again after their lease", running.size());
            }
        }
        if (housekeeping != null) {
            housekeeping.shutdownNow();
        }
        super.doStop();
    }

    private void claimUntilStopped(ExecutorService pool) {
        Semaphore free = new Semaphore(properties.workers());
        try {
            while (claiming) {
                if (!free.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    continue;
                }
                int wanted = 1 + free.drainPermits();
                List<StoredEvent> claimed = claim(wanted);
                free.release(wanted - claimed.size());
                for (StoredEvent event : claimed) {
                    running.add(event.id());
                    pool.execute(() -> {
                        try {
                            work(event);
                        } finally {
                            running.remove(event.id());
                            free.release();
                        }
                    });
                }
                if (claimed.size() < wanted && claiming) {
                    wakeUp.await(POLL);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<StoredEvent> claim(int wanted) {
        try {
            return events.claim(node, wanted, properties.lease());
        } catch (RuntimeException e) {
            // whatever it is, the one thread that claims must live
            log.warn("Wanted to claim events: {}", e.toString());
            return List.of();
        }
    }

    private void work(StoredEvent event) {
        Instant started = clock.instant();
        Exchange exchange = createExchange(false);
        try {
            if (event.tries() > properties.retry().attempts()) {
                // Taken over time and again: it may be what kills its nodes
                exchange.setException(new PermanentFailure("its attempts are used up; the last ones never ended, "
                        + "each time the lease ran out or the process died"));
            } else {
                run(exchange, event);
            }
            settling.settle(event, started, exchange.getException());
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void run(Exchange exchange, StoredEvent event) {
        prepare(exchange, event);
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    /** The contract with the bundle: the body is the event, and these variables say what it is. */
    private static void prepare(Exchange exchange, StoredEvent event) {
        exchange.getIn().setBody(event.text());
        exchange.setVariable("eventKey", event.eventKey());
        exchange.setVariable("eventId", event.eventId());
        exchange.setVariable("eventType", event.eventType());
        exchange.setVariable("taskId", event.taskId());
        exchange.setVariable("stopReason", event.stopReason());
        exchange.setVariable("attempt", event.attempt());
        exchange.setVariable("receivedAt", event.receivedAt());
        exchange.setVariable("arrival", event.id());
    }

    private void renewLeases() {
        List<Long> ids = List.copyOf(running);
        if (ids.isEmpty()) {
            return;
        }
        try {
            events.renew(node, ids, properties.lease());
        } catch (DataAccessException | TransactionException e) {
            log.warn("Wanted to renew {} leases; the database says: {}", ids.size(), e.getMessage());
        }
    }
}
