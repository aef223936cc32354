package org.manusroutes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.inbox.InboxProperties;
import org.manusroutes.inbox.store.Settlement;
import org.manusroutes.inbox.store.StoredEvent;
import org.manusroutes.support.Bounded;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

class SettlingTests {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private final FakeLeases leases = new FakeLeases();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Settling settling = new Settling(
            leases,
            new RetrySchedule(new InboxProperties.Retry(Duration.ofSeconds(10), Duration.ofHours(1), 3), () -> 0.5),
            Duration.ofMinutes(15),
            "node",
            Clock.fixed(NOW, ZoneOffset.UTC),
            meters);

    @AfterEach
    void stop() {
        settling.finish();
    }

    @Test
    void writesDownThatAllWentWell() throws Exception {
        StoredEvent event = FakeLeases.event("a");
        settle(event, null);
        assertThat(leases.settled)
                .containsExactly(new Settlement(event, "node", NOW, 7L, "done", "done", true, null, null, null));
        assertThat(meters.timer("manus.event", "event_type", "task_stopped", "outcome", "done")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void writesDownWhenItIsTriedAgain() throws Exception {
        settle(FakeLeases.event("a"), new IllegalStateException("no answer"));
        Settlement settlement = leases.settled.get(0);
        assertThat(settlement.state()).isEqualTo("waiting");
        assertThat(settlement.delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settlement.error()).isEqualTo("IllegalStateException: no answer");
    }

    @Test
    void tellsPeopleOfAParkedEventByAnEventOfItsOwn() throws Exception {
        settle(FakeLeases.event("a"), new PermanentFailure("channel_not_found"));
        Settlement settlement = leases.settled.get(0);
        assertThat(settlement.state()).isEqualTo("parked");
        assertThat(settlement.notice()).isNotNull();
        assertThat(settlement.notice().eventType()).isEqualTo("event_parked");
        assertThat(settlement.notice().eventId()).isEqualTo("a/parked/1");
        assertThat(new String(settlement.notice().body(), StandardCharsets.UTF_8))
                .contains("channel_not_found");
    }

    @Test
    void tellsNobodyThatATellingWasParked() throws Exception {
        StoredEvent notice =
                new StoredEvent(1, "a/parked/1", "a/parked/1", "event_parked", null, null, new byte[0], NOW, 1, 0);
        settle(notice, new PermanentFailure("channel_not_found"));
        assertThat(leases.settled.get(0).notice()).isNull();
    }

    @Test
    void doesNotCountAnAttemptWhoseTurnHadNotCome() throws Exception {
        settle(FakeLeases.event("a"), new Postponed("not yet", Duration.ofSeconds(3)));
        assertThat(leases.settled.get(0).counted()).isFalse();
    }

    @Test
    void writesUntilTheDatabaseIsBack() throws Exception {
        leases.failures.add(new DataAccessResourceFailureException("connection refused"));
        leases.failures.add(new DataAccessResourceFailureException("connection refused"));
        settle(FakeLeases.event("a"), null);
        assertThat(leases.settled).hasSize(1);
    }

    @Test
    void settlesTheNeighboursOfOneThatTheDatabaseRefuses() throws Exception {
        leases.refusal =
                batch -> batch.stream().anyMatch(s -> s.event().eventKey().equals("bad"))
                        ? new DataIntegrityViolationException("value too long")
                        : null;
        CountDownLatch released = new CountDownLatch(3);
        for (String key : new String[] {"a", "bad", "b"}) {
            settling.settle(FakeLeases.event(key), NOW, 7L, null, released::countDown);
        }
        Bounded.reach(released);
        assertThat(leases.settled).extracting(s -> s.event().eventKey()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void letsGoOfAnEventWhoseLeaseWasLostAndCountsNothing() throws Exception {
        StoredEvent event = FakeLeases.event("a");
        leases.lost.add(event.id());
        settle(event, null);
        assertThat(meters.find("manus.event").timers()).isEmpty();
    }

    @Test
    void letsGoOfWhatCannotBeWrittenWhenItStops() throws Exception {
        leases.refusal = batch -> new DataAccessResourceFailureException("connection refused");
        CountDownLatch released = new CountDownLatch(1);
        settling.settle(FakeLeases.event("a"), NOW, 7L, null, released::countDown);
        settling.finish();
        Bounded.reach(released);
        assertThat(leases.settled).isEmpty();
    }

    /** Returns when the writer's thread has also reported: it lets go of the event first. */
    private void settle(StoredEvent event, @Nullable Exception failure) throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        settling.settle(event, NOW, 7L, failure, released::countDown);
        Bounded.reach(released);
        settling.finish();
    }
}
