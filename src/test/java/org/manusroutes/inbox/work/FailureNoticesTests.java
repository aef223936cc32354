package org.manusroutes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.manusroutes.event.Event;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.inbox.store.StoredEvent;

class FailureNoticesTests {
    private static final Instant ARRIVAL = Instant.parse("2026-11-26T10:00:00Z");
    private static final Outcome.Retry RETRY = new Outcome.Retry(Duration.ofMinutes(5), "alert-slack: away", false);
    private static final Outcome.Retry URGENT = new Outcome.Retry(Duration.ofMinutes(5), "no such bucket", true);

    private final AtomicReference<Instant> now = new AtomicReference<>(ARRIVAL);
    private final FailureNotices notices = new FailureNotices(Duration.ofMinutes(15), new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void tellsOnceOfAnEventThatHasFailedForAWhile() {
        assertThat(notices.about(event("a"), RETRY)).isNull();
        now.set(ARRIVAL.plus(Duration.ofMinutes(15)));

        Event told = notices.about(event("a"), RETRY);

        assertThat(told).isNotNull();
        assertThat(told.eventType()).isEqualTo(InternalEvents.EVENT_FAILING);
        assertThat(told.eventId()).isEqualTo("a/failing");
        assertThat(new String(told.body(), StandardCharsets.UTF_8)).contains("alert-slack: away");
        assertThat(notices.about(event("a"), RETRY)).isNull();
    }

    @Test
    void tellsAtOnceOfWhatNeedsAPerson() {
        assertThat(notices.about(event("a"), URGENT)).isNotNull();
        assertThat(notices.about(event("a"), URGENT)).isNull();
    }

    @Test
    void tellsOfEachParkedEventButOfNoEventOfItsOwn() {
        Outcome parked = new Outcome.Parked("no such channel");

        assertThat(notices.about(event("a"), parked)).isNotNull();
        assertThat(notices.about(event("a"), parked)).isNotNull();
        for (String type : InternalEvents.TYPES) {
            assertThat(notices.about(event("a", type), parked)).isNull();
            assertThat(notices.about(event("b", type), URGENT)).isNull();
        }
        assertThat(notices.about(event("a"), new Outcome.Done())).isNull();
    }

    /** When a channel is away all its events fail. */
    @Test
    void tellsOfTenInAnHour() {
        for (int i = 0; i < 10; i++) {
            assertThat(notices.about(event("event" + i), URGENT)).isNotNull();
        }
        assertThat(notices.about(event("eleventh"), URGENT)).isNull();
        now.set(ARRIVAL.plus(Duration.ofMinutes(61)));

        assertThat(notices.about(event("eleventh"), URGENT)).isNotNull();
        assertThat(notices.about(event("event0"), URGENT)).isNull();
    }

    private static StoredEvent event(String key) {
        return event(key, "task_stopped");
    }

    private static StoredEvent event(String key, String type) {
        StoredEvent event = FakeLeases.event(key);
        return new StoredEvent(event.id(), key, key, type, null, null, event.body(), ARRIVAL, 1, 0);
    }
}
