package org.manusroutes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.inbox.store.StoredEvent;
import org.manusroutes.inbox.store.WakeUp;
import org.manusroutes.loop.Loops;
import org.manusroutes.support.Bounded;
import org.springframework.dao.DataAccessResourceFailureException;

class ClaimsTests {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final FakeLeases leases = new FakeLeases();
    private final AtomicLong nanos = new AtomicLong();
    private final WakeUp wakeUp = new WakeUp();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Loops loops = new Loops(meters);
    private final Claims claims = new Claims(leases, "node", LEASE, wakeUp, 4, loops, nanos::get);
    private final List<StoredEvent> handedOut = new CopyOnWriteArrayList<>();
    private final Thread claimer = new Thread(() -> claims.claimUntilStopped(handedOut::add));

    @AfterEach
    void stop() {
        claims.stop();
        Bounded.join(List.of(claimer));
    }

    @Test
    void claimsNoMoreThanItHasRoomForAndMoreWhenHalfOfItIsFree() {
        List<StoredEvent> events = due("a", "b", "c", "d", "e", "f");
        claimer.start();
        Bounded.untilExactly(4, handedOut::size);

        claims.settled(events.get(0));
        assertThat(claims.inHand()).isEqualTo(3);
        assertThat(leases.claimLimits).containsExactly(4);
        claims.settled(events.get(1));
        Bounded.untilExactly(6, handedOut::size);
        assertThat(leases.claimLimits.get(1)).isEqualTo(2);
        assertThat(handedOut).containsExactlyElementsOf(events);
    }

    @Test
    void isWokenByAStoredEvent() {
        claimer.start();
        await().until(() -> !leases.claimLimits.isEmpty());
        due("a");
        wakeUp.call();
        Bounded.untilExactly(1, handedOut::size);
    }

    @ParameterizedTest
    @ValueSource(classes = {DataAccessResourceFailureException.class, OutOfMemoryError.class})
    void goesOnClaimingWhateverHappens(Class<? extends Throwable> failure) throws Exception {
        leases.failures.add(failure.getConstructor(String.class).newInstance("injected"));
        due("a");
        claimer.start();
        Bounded.untilExactly(1, handedOut::size);
        assertThat(meters.counter("manus.loop.turns", "loop", "claim", "outcome", "failed")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void holdsALeaseUntilItHasRunOutByItsOwnClock() {
        StoredEvent event = claimed("a");
        assertThat(claims.holds(event)).isTrue();
        nanos.addAndGet(LEASE.toNanos() - 1);
        assertThat(claims.holds(event)).isTrue();
        nanos.addAndGet(1);
        assertThat(claims.holds(event)).isFalse();
    }

    @Test
    void holdsARenewedLeaseLonger() {
        StoredEvent event = claimed("a");
        nanos.addAndGet(LEASE.toNanos() / 2);
        claims.renew();
        nanos.addAndGet(LEASE.toNanos() / 2 + 1);
        assertThat(claims.holds(event)).isTrue();
    }

    @Test
    void doesNotHoldWhatTheDatabaseSaysIsLost() {
        StoredEvent event = claimed("a");
        leases.lost.add(event.id());
        claims.renew();
        assertThat(claims.holds(event)).isFalse();
    }

    @Test
    void keepsTheLeasesItHasWhenRenewingFails() {
        StoredEvent event = claimed("a");
        leases.failures.add(new DataAccessResourceFailureException("injected"));
        claims.renew();
        assertThat(claims.holds(event)).isTrue();
        nanos.addAndGet(LEASE.toNanos());
        assertThat(claims.holds(event)).isFalse();
    }

    @Test
    void doesNotClaimWhatStillRunsHereThoughItsLeaseRanOut() {
        StoredEvent event = claimed("a");
        leases.due.add(new StoredEvent(
                event.id(), "a", "a", "task_stopped", null, null, new byte[0], event.receivedAt(), 2, 0));
        due("b");
        wakeUp.call();
        await().until(() -> handedOut.size() == 2);
        assertThat(handedOut).extracting(StoredEvent::eventKey).containsExactly("a", "b");
    }

    @Test
    void givesBackWhatNobodyHasBegunWithAlsoWhenTheDatabaseIsAway() {
        StoredEvent first = claimed("a");
        claims.giveBack(List.of(first));
        assertThat(leases.givenBack).containsExactly(first.id());
        StoredEvent second = claimed("b");
        leases.failures.add(new DataAccessResourceFailureException("injected"));
        claims.giveBack(List.of(second));
        assertThat(claims.inHand()).isZero();
    }

    private List<StoredEvent> due(String... keys) {
        List<StoredEvent> events = List.of(keys).stream().map(FakeLeases::event).toList();
        leases.due.addAll(events);
        return events;
    }

    private StoredEvent claimed(String key) {
        StoredEvent event = due(key).get(0);
        if (!claimer.isAlive()) {
            claimer.start();
        }
        wakeUp.call();
        await().until(() -> handedOut.contains(event));
        return event;
    }
}
