package org.manusroutes.inbox.work;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.manusroutes.inbox.store.Leases;
import org.manusroutes.inbox.store.StoredEvent;
import org.manusroutes.inbox.store.WakeUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What this node has claimed and not yet settled: claims more while there is room, and keeps the leases. */
public final class Claims {
    private static final Logger log = LoggerFactory.getLogger(Claims.class);

    /** How soon an event is found that another node left, or whose next attempt has come. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Leases leases;
    private final String node;
    private final Duration lease;
    private final WakeUp wakeUp;
    private final int capacity;
    private final LongSupplier nanoTime;
    private final Map<Long, Held> inHand = new ConcurrentHashMap<>();
    private volatile boolean claiming = true;
    private volatile boolean waitsForRoom;

    /** @param until the end of its lease by {@link System#nanoTime()}, which also goes on while this process hangs */
    private record Held(StoredEvent event, long until) {
        /** This claim, not a later one of the same event. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(StoredEvent claimed) {
            return event == claimed;
        }
    }

    /**
     * @param capacity most events in hand; more are claimed when half of it is free, so that a claim is of many
     * @param nanoTime goes on while this process hangs
     */
    Claims(Leases leases, String node, Duration lease, WakeUp wakeUp, int capacity, LongSupplier nanoTime) {
        this.leases = leases;
        this.node = node;
        this.lease = lease;
        this.wakeUp = wakeUp;
        this.capacity = capacity;
        this.nanoTime = nanoTime;
    }

    /** Hands out each claimed event; returns when stopped. */
    void claimUntilStopped(Consumer<StoredEvent> worker) {
        try {
            while (claiming) {
                waitsForRoom = true;
                int room = capacity - inHand.size();
                if (room < capacity / 2) {
                    wakeUp.await(POLL);
                    continue;
                }
                waitsForRoom = false;
                long until = leaseFromNow(); // begins no later than the database's
                List<StoredEvent> claimed = claim(room);
                for (StoredEvent event : claimed) {
                    // else its lease ran out and it still runs here: that run is fenced off, and it comes again
                    if (inHand.putIfAbsent(event.id(), new Held(event, until)) == null) {
                        worker.accept(event);
                    }
                }
                if (claimed.size() < room && claiming) {
                    wakeUp.await(POLL);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Soon: a claim is never interrupted within a statement. */
    void stop() {
        claiming = false;
        wakeUp.call();
    }

    private List<StoredEvent> claim(int wanted) {
        try {
            return leases.claim(node, wanted, lease);
        } catch (RuntimeException | Error e) {
            // whatever it is, the one thread that claims must live
            log.warn("Could not claim events: {}", e.toString());
            return List.of();
        }
    }

    private long leaseFromNow() {
        return nanoTime.getAsLong() + lease.toNanos();
    }

    /** Whether no other node can have claimed it since. Unknown while the database is away longer than a lease. */
    boolean holds(StoredEvent event) {
        Held held = inHand.get(event.id());
        return held != null && held.isOf(event) && held.until - nanoTime.getAsLong() > 0;
    }

    int inHand() {
        return inHand.size();
    }

    void settled(StoredEvent event) {
        inHand.remove(event.id());
        if (waitsForRoom && capacity - inHand.size() >= capacity / 2) {
            waitsForRoom = false;
            wakeUp.call();
        }
    }

    /** Undoes the claims of events that nobody has begun with. */
    void giveBack(Collection<StoredEvent> events) {
        List<Long> ids = events.stream().map(StoredEvent::id).toList();
        if (ids.isEmpty()) {
            return;
        }
        try {
            leases.giveBack(node, ids);
        } catch (DataAccessException | TransactionException e) {
            log.warn(
                    "Could not give back {} events; they are claimed again when their leases run out: {}",
                    ids.size(),
                    e.toString());
        }
        ids.forEach(inHand::remove);
    }

    void renew() {
        List<StoredEvent> events = inHand.values().stream().map(Held::event).toList();
        if (events.isEmpty()) {
            return;
        }
        try {
            long until = leaseFromNow();
            List<StoredEvent> lost = leases.renew(node, events, lease);
            long now = nanoTime.getAsLong();
            for (StoredEvent event : events) {
                Held held = new Held(event, lost.contains(event) ? now : until);
                inHand.computeIfPresent(event.id(), (id, before) -> before.isOf(event) ? held : before);
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("Could not renew {} leases: {}", events.size(), e.getMessage());
        }
    }
}
