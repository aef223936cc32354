package org.manusroutes.inbox.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.inbox.InboxProperties;
import org.manusroutes.inbox.store.Leases;
import org.manusroutes.inbox.store.StoredEvent;
import org.manusroutes.inbox.store.WakeUp;
import org.manusroutes.loop.Loops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on claimed events, a bounded number at a time. When it is stopped, what runs may end within a time, and what
 * has not begun is given back.
 */
final class InboxWorkers extends DefaultConsumer {
    private static final Logger log = LoggerFactory.getLogger(InboxWorkers.class);

    /** Shorter than Camel's own shutdown time-out, so that what runs ends, is settled, and only then the rest stops. */
    private static final Duration TIME_TO_FINISH = Duration.ofSeconds(18);

    /** Claimed events for each worker, so that none waits while the next are claimed. */
    private static final int IN_HAND_PER_WORKER = 4;

    private final Factory factory;
    private @Nullable Claims claims;
    private @Nullable Thread claimer;
    private @Nullable ThreadPoolExecutor workers;
    private @Nullable ScheduledExecutorService housekeeping;

    InboxWorkers(Endpoint endpoint, Processor processor, Factory factory) {
        super(endpoint, processor);
        this.factory = factory;
    }

    /** What every consumer of the inbox needs. */
    record Factory(
            Leases leases,
            Settling settling,
            WakeUp wakeUp,
            InboxProperties properties,
            Clock clock,
            Loops loops,
            ThreadFactory threads) {
        InboxWorkers create(Endpoint endpoint, Processor processor) {
            return new InboxWorkers(endpoint, processor, this);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        InboxProperties properties = factory.properties;
        int size = properties.workers();
        Claims current = new Claims(
                factory.leases,
                factory.settling.node(),
                properties.lease(),
                factory.wakeUp,
                IN_HAND_PER_WORKER * size,
                factory.loops,
                System::nanoTime);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory.threads);
        long everyMillis = properties.lease().toMillis() / 3;
        housekeeping = Executors.newScheduledThreadPool(1, factory.threads);
        var unused =
                housekeeping.scheduleWithFixedDelay(current::renew, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        claimer = factory.threads.newThread(
                () -> current.claimUntilStopped(event -> pool.execute(new Work(event, current))));
        claimer.start();
        claims = current;
        workers = pool;
    }

    @Override
    protected void doStop() throws Exception {
        long end = System.nanoTime() + TIME_TO_FINISH.toNanos();
        if (claims != null && claimer != null && workers != null) {
            claims.stop();
            claimer.join();
            List<Runnable> notBegun = new ArrayList<>();
            workers.getQueue().drainTo(notBegun);
            claims.giveBack(notBegun.stream().map(work -> ((Work) work).event).toList());
            workers.shutdown();
            workers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            while (claims.inHand() > 0 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(10); // the last outcomes are being written
            }
            if (claims.inHand() > 0) {
                log.warn(
                        "{} events were still running; they are claimed again when their leases run out",
                        claims.inHand());
            }
        }
        if (housekeeping != null) {
            housekeeping.shutdownNow();
        }
        super.doStop();
    }

    /** One attempt. */
    private final class Work implements Runnable {
        private final StoredEvent event;
        private final Claims claims;

        Work(StoredEvent event, Claims claims) {
            this.event = event;
            this.claims = claims;
        }

        @Override
        public void run() {
            Instant started = factory.clock.instant();
            Exchange exchange = createExchange(false);
            try {
                if (event.tries() > factory.properties.retry().attempts()) {
                    // Taken over time and again: it may be what kills its nodes
                    exchange.setException(new PermanentFailure(
                            "its attempts are used up: the last ones never ended, because the lease ran out"
                                    + " or the process died"));
                } else {
                    process(exchange, event, () -> claims.holds(event));
                }
                factory.settling.settle(
                        event,
                        started,
                        exchange.getVariable(EventVariables.BUNDLE_VERSION, Long.class),
                        exchange.getException(),
                        () -> claims.settled(event));
            } finally {
                releaseExchange(exchange, false);
            }
        }
    }

    private void process(Exchange exchange, StoredEvent event, BooleanSupplier leaseHeld) {
        try {
            EventExecution.begin(exchange, event, leaseHeld);
            exchange.getIn().setBody(event.text());
            event.variables().setOn(exchange);
            getProcessor().process(exchange);
            exchange.setException(EventExecution.joinedWithLedger(exchange));
        } catch (Exception e) {
            exchange.setException(e);
        } catch (Error e) {
            // a class that is missing, or no memory: the event is tried again like after any failure, and the worker
            // lives
            exchange.setException(new IllegalStateException(e.toString(), e));
        }
    }
}
