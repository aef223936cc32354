package org.manusroutes.inbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.event.Event;
import org.manusroutes.inbox.store.EventTable.NewEvent;
import org.manusroutes.inbox.work.InboxFixture;
import org.manusroutes.inbox.work.Outcome;
import org.manusroutes.support.Databases;

/** What is stored, on both databases. */
class EventTableIT extends InboxFixture {
    @ParameterizedTest
    @EnumSource
    void storesManyAtOnceAndTellsWhichAreNew(Databases database) {
        open(database);
        store("known");
        Event large = new Event("large", "t", "task", "finish", new byte[1_500_000]);
        Event odd = new Event("odd {},\"\\'é😀", "t", null, null, new byte[] {0, -1, '\\', '"'});
        Event known = new Event("known", "t", null, null, new byte[0]);
        assertThat(events.insert(Stream.of(large, known, odd, odd)
                        .map(event -> NewEvent.received(event.eventId(), event))
                        .toList()))
                .containsExactlyInAnyOrder("large", "odd {},\"\\'é😀");
        assertThat(leases.claim("a", 5, LEASE, Set.of()))
                .filteredOn(event -> event.eventId().equals("odd {},\"\\'é😀"))
                .singleElement()
                .satisfies(event -> assertThat(event.body()).isEqualTo(odd.body()))
                .satisfies(event -> assertThat(event.taskId()).isNull());
        assertThat(events.withIds(List.of("large", "none")))
                .singleElement()
                .satisfies(event -> assertThat(events.body(event.id())).hasSize(1_500_000));
    }

    @ParameterizedTest
    @EnumSource
    void forgetsWhatWasDoneLongAgoWithItsLedgerAndNothingElse(Databases database) {
        open(database);
        for (String key : List.of("old", "older", "parked", "waiting")) {
            store(key);
            jdbc.sql("insert into camel_messageprocessed (processorname, messageid) values ('steps', :id)")
                    .param("id", key + "/alert-slack")
                    .update();
        }
        String notice = "old/parked/1/alert-slack";
        jdbc.sql("insert into camel_messageprocessed (processorname, messageid) values ('steps', :id)")
                .param("id", notice)
                .update();
        for (StoredEvent event : leases.claim("a", 3, LEASE, Set.of())) {
            settle(event, "a", event.eventKey().equals("parked") ? new Outcome.Parked("x") : new Outcome.Done());
        }
        assertThat(purge.batch(Duration.ofHours(1), 10)).isZero();
        assertThat(purge.batch(Duration.ZERO, 1)).isEqualTo(1);
        assertThat(purge.batch(Duration.ZERO, 10)).isEqualTo(1);
        assertThat(jdbc.sql("select event_key from event order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("parked", "waiting");
        assertThat(jdbc.sql("select messageid from camel_messageprocessed order by 1")
                        .query(String.class)
                        .list())
                .containsExactly(notice, "parked/alert-slack", "waiting/alert-slack");
    }
}
