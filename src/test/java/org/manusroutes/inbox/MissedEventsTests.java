package org.manusroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.event.Event;
import org.manusroutes.inbox.store.EventTable;
import org.manusroutes.inbox.store.MissedStops;
import org.manusroutes.inbox.store.MissedStops.MissedStop;
import org.manusroutes.inbox.store.WakeUp;
import org.manusroutes.support.Databases;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A stop whose event did not come, and then comes after all. */
class MissedEventsTests {
    private static final long STOP = 1_763_506_696;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private JdbcClient jdbc;
    private EventStore store;
    private MissedEvents missed;

    private void open(Databases database) {
        DataSource source = database.migrated();
        jdbc = JdbcClient.create(source);
        EventTable events = new EventTable(jdbc, new JdbcTemplate(source));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        missed = new MissedEvents(
                new MissedStops(jdbc), events, new WakeUp(), new JdbcTransactionManager(source), meters, Duration.ZERO);
        store = StoreOf.events(events, missed, meters);
    }

    @AfterEach
    void close() {
        store.finish();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takesALateDeliveryForTheEventThatWasMadeForIt(Databases database) {
        open(database);
        assertThat(missed.note(missed("finish", "All done."))).isTrue();
        assertThat(missed.makeDue()).isEqualTo(1);

        assertThat(deliver("task_stopped_t_" + (STOP - 20), "finish", "All done, and more."))
                .as("the moment is enough")
                .isFalse();
        assertThat(deliver("task_stopped_t_" + STOP, "finish", "All done."))
                .as("the very same id")
                .isFalse();
        assertThat(deliver("task_stopped_t", "finish", " All done.\n"))
                .as("without seconds, by its message")
                .isFalse();
        assertThat(keys()).containsExactly("task_stopped_t_" + STOP);
        assertThat(missed.makeDue()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takesEveryOtherStopOfTheTaskForItself(Databases database) {
        open(database);
        missed.note(missed("finish", "All done."));
        missed.makeDue();

        assertThat(deliver("task_stopped_t_" + (STOP - 10), "ask", "All done."))
                .as("a question of the same turn")
                .isTrue();
        assertThat(deliver("task_stopped_t_" + (STOP - 500), "finish", "All done."))
                .as("a turn before")
                .isTrue();
        assertThat(deliver("task_stopped_t_" + (STOP + 500), "finish", "All done."))
                .as("a turn after")
                .isTrue();
        assertThat(deliver("task_stopped_t", "finish", "Done with that, too."))
                .as("without seconds, by its message")
                .isTrue();
        assertThat(deliver("task_stopped_t", "finish", "And that."))
                .as("the same id with another meaning")
                .isTrue();
        assertThat(keys()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void makesNoEventWhenTheRealOneComesInBetween(Databases database) {
        open(database);
        missed.note(missed("finish", "All done."));

        assertThat(deliver("task_stopped_t_" + (STOP + 3), "finish", "All done."))
                .isTrue();
        assertThat(deliver("task_stopped_t_" + (STOP + 3), "finish", "All done."))
                .isFalse();

        assertThat(missed.makeDue()).isZero();
        assertThat(keys()).containsExactly("task_stopped_t_" + (STOP + 3));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void notesAStopOnceAndNoneWhoseEventHasCome(Databases database) {
        open(database);
        assertThat(missed.note(missed("finish", "All done."))).isTrue();
        assertThat(missed.note(missed("finish", "All done."))).isFalse();
        assertThat(missed.note(missed("ask", "And now?")))
                .as("another of the same turn")
                .isTrue();

        deliver("task_stopped_u_" + STOP, "finish", "All done.");
        assertThat(missed.note(new MissedStop(
                        "task_stopped_u_" + (STOP + 9), "u", "finish", STOP - 60, STOP + 60, new byte[0], false)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void storesOneOfTheTwoWhenBothAreStoredAtTheSameMoment(Databases database) throws Exception {
        open(database);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 20; round++) {
                String task = "t" + round;
                missed.note(new MissedStop(
                        "task_stopped_" + task + '_' + STOP,
                        task,
                        "finish",
                        STOP - 60,
                        STOP + 60,
                        body("task_stopped_" + task + '_' + STOP, task, "finish", "Done."),
                        false));
                CyclicBarrier together = new CyclicBarrier(4);
                List<Future<Boolean>> all = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    boolean makes = i % 2 == 0;
                    String id = "task_stopped_" + task + '_' + (STOP + 2);
                    all.add(threads.submit(() -> {
                        together.await();
                        return makes ? missed.makeDue() > 0 : add(event(id, task, "finish", "Done."));
                    }));
                }
                int stored = 0;
                for (Future<Boolean> one : all) {
                    stored += one.get() ? 1 : 0;
                }
                assertThat(stored).as(task).isEqualTo(1);
                assertThat(jdbc.sql("select count(*) from event where task_id = :task")
                                .param("task", task)
                                .query(Long.class)
                                .single())
                        .isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static MissedStop missed(String reason, String message) {
        String id = "task_stopped_t_" + (reason.equals("ask") ? STOP - 1 : STOP);
        return new MissedStop(id, "t", reason, STOP - 60, STOP + 120, body(id, "t", reason, message), false);
    }

    private boolean deliver(String id, String reason, String message) {
        return add(event(id, id.contains("_u_") ? "u" : "t", reason, message));
    }

    private boolean add(Event event) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getIn().setBody(event);
        return store.add(exchange, event.eventId());
    }

    private static Event event(String id, String task, String reason, String message) {
        return new Event(id, "task_stopped", task, reason, body(id, task, reason, message));
    }

    private static byte[] body(String id, String task, String reason, String message) {
        return """
                {"event_id": "%s", "event_type": "task_stopped",
                 "task_detail": {"task_id": "%s", "stop_reason": "%s", "message": "%s"}}
                """.formatted(id, task, reason, message.replace("\n", "\\n")).getBytes(StandardCharsets.UTF_8);
    }

    private List<String> keys() {
        return jdbc.sql("select event_key from event order by id")
                .query(String.class)
                .list();
    }
}
