package org.manusroutes.inbox.work;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.manusroutes.inbox.store.Leases;
import org.manusroutes.inbox.store.StoredEvent;
import org.manusroutes.inbox.store.WakeUp;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What this node has claimed and not yet settled: claims more while there is room, and keeps the leases. */
public final class Claims {
    private static final Logger log = LoggerFactory.getLogger(Claims.class);

    /** How soon an event is found that another node left, or whose next attempt has come. */
    private static final Duration POLL = Duration.ofSeconds(1);

    static final String CLAIM = "claim";
    static final String RENEW = "renew";
    /** Several polls: the database has answered none of them. */
    private static final Duration LATE = Duration.ofSeconds(8);

    private final Leases leases;
    private final String node;
    private final Duration lease;
    private final WakeUp wakeUp;
    private final int capacity;
    private final LongSupplier nanoTime;
    private final Loop claimLoop;
    private final Loop renewLoop;
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
    Claims(
            Leases leases,
            String node,
            Duration lease,
            WakeUp wakeUp,
            int capacity,
            Loops loops,
            LongSupplier nanoTime) {
        this.leases = leases;
        this.node = node;
        this.lease = lease;
        this.wakeUp = wakeUp;
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.claimLoop = loops.named(CLAIM, LATE);
        this.renewLoop = loops.named(RENEW, lease.plus(LATE));
    }

    /** Hands out each claimed event; returns when stopped. */
    void claimUntilStopped(Consumer<StoredEvent> worker) {
        try {
            while (claiming) {
                if (!claiming(worker)) {
                    wakeUp.await(POLL);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            claimLoop.end();
        }
    }

    /** One turn; false when it failed, which is no reason to hurry. */
    private boolean claiming(Consumer<StoredEvent> worker) throws InterruptedException {
        return claimLoop.turn(() -> {
            waitsForRoom = true;
            int room = capacity - inHand.size();
            if (room < capacity / 2) {
                wakeUp.await(POLL);
                return;
            }
            waitsForRoom = false;
            long until = leaseFromNow(); // begins no later than the database's
            // what still runs here though its lease ran out is due, and would lose an attempt with each claim
            List<StoredEvent> claimed = leases.claim(node, room + lapsed(), lease, Set.copyOf(inHand.keySet()));
            for (StoredEvent event : claimed) {
                inHand.put(event.id(), new Held(event, until));
                worker.accept(event);
            }
            if (claimed.size() < room && claiming) {
                wakeUp.await(POLL);
            }
        });
    }

    private int lapsed() {
        long now = nanoTime.getAsLong();
        return (int)
                inHand.values().stream().filter(held -> held.until - now <= 0).count();
    }

    /** Soon: a claim is never interrupted within a statement. */
    void stop() {
        claiming = false;
        wakeUp.call();
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
        renewLoop.scheduled(() -> {
            List<StoredEvent> events = inHand.values().stream().map(Held::event).toList();
            if (events.isEmpty()) {
                return;
            }
            long until = leaseFromNow();
            List<StoredEvent> lost = leases.renew(node, events, lease);
            long now = nanoTime.getAsLong();
            for (StoredEvent event : events) {
                Held held = new Held(event, lost.contains(event) ? now : until);
                inHand.computeIfPresent(event.id(), (id, before) -> before.isOf(event) ? held : before);
            }
        });
    }
}
