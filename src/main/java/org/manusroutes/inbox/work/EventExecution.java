package org.manusroutes.inbox.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.inbox.store.StoredEvent;
import org.springframework.core.NestedExceptionUtils;

/** One run of an event through the bundle; known to all of the exchange's copies. */
final class EventExecution {
    private static final String PROPERTY = "manusRun";

    private final boolean first;
    private final BooleanSupplier leaseHeld;
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable PermanentFailure> refused = new AtomicReference<>();

    private EventExecution(boolean first, BooleanSupplier leaseHeld) {
        this.first = first;
        this.leaseHeld = leaseHeld;
    }

    static void begin(Exchange exchange, StoredEvent event, BooleanSupplier leaseHeld) {
        EventExecution run = new EventExecution(event.attempt() == 1, leaseHeld);
        exchange.setProperty(PROPERTY, run);
        run.checkLease();
    }

    /**
     * Before anything is done that cannot be undone.
     *
     * @throws Postponed when the lease has run out: another node may be at it, or have done it
     */
    void checkLease() {
        if (!leaseHeld.getAsBoolean()) {
            throw new Postponed("its lease ran out", Duration.ZERO);
        }
    }

    /** Null for an exchange that did not come out of the inbox. */
    static @Nullable EventExecution of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, EventExecution.class);
    }

    /** Whether nobody has begun with this event before, on any node: then the ledger holds nothing of it. */
    boolean isFirst() {
        return first;
    }

    void done(String key) {
        done.add(key);
    }

    /** A step was done, and its row in the ledger was refused. */
    void notInLedger(String key, RuntimeException why) {
        refused.compareAndSet(
                null,
                new PermanentFailure(
                        "step " + key + " was done, but the ledger refused its row; a replay would repeat it: "
                                + NestedExceptionUtils.getMostSpecificCause(why).getMessage(),
                        why));
    }

    /** How the run ended: with its own failure, with that of a ledger row, with both, or with none. */
    static @Nullable Exception joinedWithLedger(Exchange exchange) {
        EventExecution run = of(exchange);
        return StepFailures.join(StepFailures.in(exchange), run == null ? null : run.refused.get());
    }

    boolean hasDone(String key) {
        return done.contains(key);
    }
}
