package org.manusroutes.inbox.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.event.Event;
import org.manusroutes.inbox.store.EventTable.NewEvent;
import org.manusroutes.inbox.store.StoredEvent;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;

/** Leases and fences, on both databases. */
class LeasesIT extends InboxFixture {
    private static final Duration SHORT_LEASE = Duration.ofMillis(300);

    @ParameterizedTest
    @EnumSource
    void handsAnEventToOneNodeOnly(Databases database) throws Exception {
        open(database);
        for (int i = 0; i < 200; i++) {
            store("e" + i);
        }
        int nodes = 8;
        CyclicBarrier together = new CyclicBarrier(nodes);
        List<Callable<List<Long>>> claims = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            String name = "node-" + node;
            claims.add(() -> {
                together.await(1, TimeUnit.MINUTES);
                return leases.claim(name, 50, LEASE, Set.of()).stream()
                        .map(StoredEvent::id)
                        .toList();
            });
        }
        List<Long> all = new ArrayList<>();
        Bounded.callAll(nodes, claims).forEach(all::addAll);
        Set<Long> distinct = new TreeSet<>(all);
        assertThat(all).hasSameSizeAs(distinct);
        all.addAll(leases.claim("late", 200, LEASE, Set.of()).stream()
                .map(StoredEvent::id)
                .toList());
        assertThat(all).hasSize(200);
    }

    @ParameterizedTest
    @EnumSource
    void letsAnotherNodeTakeOverWhenALeaseRunsOutAndFencesTheFirst(Databases database) {
        open(database);
        store("e");
        StoredEvent first = leases.claim("a", 1, SHORT_LEASE, Set.of()).get(0);
        assertThat(leases.claim("b", 1, LEASE, Set.of())).isEmpty();
        StoredEvent second = await().until(() -> leases.claim("b", 1, LEASE, Set.of()), claimed -> !claimed.isEmpty())
                .get(0);
        assertThat(second.attempt()).isEqualTo(2);

        assertThat(leases.renew("a", List.of(first), LEASE)).containsExactly(first);
        assertThat(settle(first, "a", new Outcome.Done()))
                .as("the lease is lost")
                .isFalse();
        assertThat(state("e")).isEqualTo("working");
        assertThat(settle(second, "b", new Outcome.Done())).isTrue();
        assertThat(settle(second, "b", new Outcome.Parked("twice"))).isFalse();
        assertThat(state("e")).isEqualTo("done");
        assertThat(jdbc.sql("select node from attempt").query(String.class).list())
                .containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource
    void fencesAnEarlierAttemptOfTheSameNode(Databases database) {
        open(database);
        store("e");
        StoredEvent first = leases.claim("a", 1, SHORT_LEASE, Set.of()).get(0);
        await().until(() -> !leases.claim("a", 1, LEASE, Set.of()).isEmpty());
        assertThat(settle(first, "a", new Outcome.Done())).isFalse();
        assertThat(state("e")).isEqualTo("working");
    }

    @ParameterizedTest
    @EnumSource
    void settlesManyAtOnceEachBehindItsOwnFence(Databases database) {
        open(database);
        List.of("a", "b", "c").forEach(this::store);
        List<StoredEvent> claimed = leases.claim("n", 3, LEASE, Set.of());
        settle(claimed.get(1), "n", new Outcome.Done());
        assertThat(leases.settle(claimed.stream()
                        .map(event -> settlement(event, "n", new Outcome.Done()))
                        .toList()))
                .extracting(settlement -> settlement.event().eventKey())
                .containsExactlyInAnyOrder("a", "c");
        assertThat(jdbc.sql("select count(*) from attempt").query(Long.class).single())
                .isEqualTo(3);
    }

    /** Two that lock the same rows in two orders wait for each other, until the server ends one of them. */
    @ParameterizedTest
    @EnumSource
    void renewsAndSettlesManyEventsAtTheSameTimeWithoutADeadlock(Databases database) throws Exception {
        open(database);
        IntStream.range(0, 300).forEach(i -> store("e" + i));
        List<StoredEvent> claimed = new ArrayList<>(leases.claim("n", 300, LEASE, Set.of()));
        List<StoredEvent> inAnotherOrder = new ArrayList<>(claimed);
        Collections.reverse(inAnotherOrder);
        Callable<Integer> renew = () -> {
            List<StoredEvent> shuffled = new ArrayList<>(claimed);
            for (int i = 0; i < 20; i++) {
                Collections.shuffle(shuffled, new Random(i));
                leases.renew("n", shuffled, LEASE);
            }
            return 0;
        };
        Callable<Integer> settle = () -> {
            int settled = 0;
            for (int from = 0; from < 300; from += 30) {
                settled += leases.settle(inAnotherOrder.subList(from, from + 30).stream()
                                .map(event -> settlement(event, "n", new Outcome.Done()))
                                .toList())
                        .size();
            }
            return settled;
        };
        assertThat(Bounded.callAll(2, List.of(renew, settle))).containsExactly(0, 300);
    }

    @ParameterizedTest
    @EnumSource
    void doesNotClaimWhatStillRunsOnTheNodeThatAsks(Databases database) {
        open(database);
        store("runs");
        StoredEvent running = leases.claim("a", 1, SHORT_LEASE, Set.of()).get(0);
        store("next");
        await().until(() -> leases.claim("a", 10, LEASE, Set.of(running.id())), claimed -> !claimed.isEmpty());
        assertThat(leases.claim("a", 10, LEASE, Set.of(running.id()))).isEmpty();
        await().until(() ->
                leases.claim("b", 10, LEASE, Set.of()).stream().anyMatch(event -> event.id() == running.id()));
    }

    @ParameterizedTest
    @EnumSource
    void givesBackWhatNobodyBeganWith(Databases database) {
        open(database);
        store("first");
        store("second");
        StoredEvent first = leases.claim("a", 1, LEASE, Set.of()).get(0);
        leases.giveBack("a", List.of(first.id()));
        StoredEvent again = leases.claim("b", 1, LEASE, Set.of()).get(0);
        assertThat(again.eventKey()).as("it keeps its place").isEqualTo("first");
        assertThat(again.tries()).isEqualTo(1);
        assertThat(settle(first, "a", new Outcome.Done())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void claimsFewerWhenTheyAreLarge(Databases database) {
        open(database);
        List<String> keys = IntStream.range(0, 10).mapToObj(i -> "large-" + i).toList();
        keys.forEach(key ->
                events.insert(List.of(NewEvent.received(key, new Event(key, "t", null, null, new byte[2_000_000])))));
        assertThat(leases.claim("a", 10, LEASE, Set.of()))
                .extracting(StoredEvent::eventKey)
                .as("16 MB, the longest due first")
                .containsExactlyElementsOf(keys.subList(0, 8));
        assertThat(leases.claim("b", 10, LEASE, Set.of())).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void keepsARenewedLease(Databases database) {
        open(database);
        store("e");
        StoredEvent event = leases.claim("a", 1, SHORT_LEASE, Set.of()).get(0);
        assertThat(leases.renew("a", List.of(event), LEASE)).isEmpty();
        await().during(SHORT_LEASE.multipliedBy(2))
                .atMost(LEASE)
                .until(() -> leases.claim("b", 1, LEASE, Set.of()).isEmpty());
        assertThat(settle(event, "a", new Outcome.Done())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void comesBackAfterTheDelayOfARetryAndNotBefore(Databases database) {
        open(database);
        store("e");
        StoredEvent event = leases.claim("a", 1, LEASE, Set.of()).get(0);
        settle(event, "a", new Outcome.Retry(Duration.ofMillis(700), "not now", false));
        assertThat(leases.claim("a", 1, LEASE, Set.of())).isEmpty();
        StoredEvent again = await().until(() -> leases.claim("a", 1, LEASE, Set.of()), claimed -> !claimed.isEmpty())
                .get(0);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(jdbc.sql("select outcome, error from attempt").query().listOfRows())
                .containsExactly(Map.of("outcome", "retry", "error", "not now"));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotCountAnAttemptWhoseTurnHadNotCome(Databases database) {
        open(database);
        store("e");
        StoredEvent event = leases.claim("a", 1, LEASE, Set.of()).get(0);
        settle(event, "a", new Outcome.NotYet(Duration.ZERO));
        StoredEvent again = leases.claim("a", 1, LEASE, Set.of()).get(0);
        assertThat(again.attempt()).as("the fence moves on").isEqualTo(2);
        assertThat(again.tries()).isEqualTo(1);
        assertThat(jdbc.sql("select * from attempt").query().listOfRows()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void stillStoresTheNoticeOfAParkedEventWithIt(Databases database) {
        open(database);
        store("e");
        StoredEvent event = leases.claim("a", 1, LEASE, Set.of()).get(0);
        Event notice = new Event("e/parked/1", "event_parked", null, null, "{}".getBytes(UTF_8));
        String nul = "a" + '\0' + "b".repeat(3000);
        assertThat(leases.settle(List.of(new Outcome.Parked(nul).settlement(event, "a", Instant.now(), 1L, notice))))
                .hasSize(1);
        assertThat(state("e")).isEqualTo("parked");
        assertThat(state("e/parked/1")).isEqualTo("waiting");
        assertThat(events.countByState()).isEqualTo(Map.of("parked", 1L, "waiting", 1L));
        assertThat(events.oldestWaiting()).isPresent();
    }
}
