package org.manusroutes.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What this node has claimed and not yet settled: claims more while there is room, and keeps the leases. */
final class Claims {
    private static final Logger log = LoggerFactory.getLogger(Claims.class);

    /** How soon an event is found that another node left, or whose next attempt has come. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Leases leases;
    private final String node;
    private final Duration lease;
    private final WakeUp wakeUp;
    private final int capacity;
    private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
    private volatile boolean claiming = true;
    private volatile boolean waitsForRoom;

    /** @param capacity most events in hand; more are claimed when half of it is free, so that a claim is of many */
    Claims(Leases leases, String node, Duration lease, WakeUp wakeUp, int capacity) {
        this.leases = leases;
        this.node = node;
        this.lease = lease;
        this.wakeUp = wakeUp;
        this.capacity = capacity;
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
                List<StoredEvent> claimed = claim(room);
                for (StoredEvent event : claimed) {
                    // else its lease ran out and it still runs here: that run is fenced off, and it comes again
                    if (inHand.add(event.id())) {
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
        } catch (RuntimeException e) {
            // whatever it is, the one thread that claims must live
            log.warn("Wanted to claim events: {}", e.toString());
            return List.of();
        }
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
                    "Wanted to give back {} events; they are taken up after their lease: {}", ids.size(), e.toString());
        }
        ids.forEach(inHand::remove);
    }

    void renew() {
        List<Long> ids = List.copyOf(inHand);
        if (ids.isEmpty()) {
            return;
        }
        try {
            leases.renew(node, ids, lease);
        } catch (DataAccessException | TransactionException e) {
            log.warn("Wanted to renew {} leases; the database says: {}", ids.size(), e.getMessage());
        }
    }
}
