package org.manusroutes.inbox.work;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manusroutes.inbox.store.Leases;
import org.manusroutes.inbox.store.Settlement;
import org.manusroutes.inbox.store.StoredEvent;

/** The tables without a database: hands out what it is given, remembers what it is told, fails as it is told. */
@SuppressWarnings("NullAway") // nothing of the real one is called
final class FakeLeases extends Leases {
    final Deque<StoredEvent> due = new ConcurrentLinkedDeque<>();
    final List<Integer> claimLimits = new CopyOnWriteArrayList<>();
    final List<Settlement> settled = new CopyOnWriteArrayList<>();
    final List<Long> givenBack = new CopyOnWriteArrayList<>();
    /** Thrown by the next calls, one each. */
    final Deque<Throwable> failures = new ConcurrentLinkedDeque<>();
    /** Of events whose lease another node has. */
    final List<Long> lost = new CopyOnWriteArrayList<>();

    volatile Function<List<Settlement>, RuntimeException> refusal = batch -> null;
    private static final AtomicLong ids = new AtomicLong();

    FakeLeases() {
        super(null, null, null, null);
    }

    static StoredEvent event(String key) {
        return new StoredEvent(
                ids.incrementAndGet(), key, key, "task_stopped", "t", "finish", new byte[0], Instant.EPOCH, 1, 0);
    }

    @Override
    public List<StoredEvent> claim(String node, int limit, Duration lease, Set<Long> butNot) {
        fail();
        due.removeIf(event -> butNot.contains(event.id()));
        claimLimits.add(limit);
        List<StoredEvent> claimed = new ArrayList<>();
        while (claimed.size() < limit && !due.isEmpty()) {
            claimed.add(due.remove());
        }
        return claimed;
    }

    @Override
    public List<StoredEvent> renew(String node, List<StoredEvent> events, Duration lease) {
        fail();
        return events.stream().filter(event -> lost.contains(event.id())).toList();
    }

    @Override
    public void giveBack(String node, Collection<Long> events) {
        fail();
        givenBack.addAll(events);
    }

    @Override
    public Set<Settlement> settle(List<Settlement> settlements) {
        fail();
        RuntimeException refused = refusal.apply(settlements);
        if (refused != null) {
            throw refused;
        }
        settled.addAll(settlements);
        return settlements.stream()
                .filter(settlement -> !lost.contains(settlement.event().id()))
                .collect(Collectors.toSet());
    }

    private void fail() {
        Throwable failure = failures.poll();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
