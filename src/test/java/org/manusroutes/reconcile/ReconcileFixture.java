package org.manusroutes.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.manusroutes.event.Event;
import org.manusroutes.inbox.InboxProperties;
import org.manusroutes.inbox.MissedEvents;
import org.manusroutes.inbox.store.EventTable;
import org.manusroutes.inbox.store.EventTable.NewEvent;
import org.manusroutes.inbox.store.MissedStops;
import org.manusroutes.inbox.store.WakeUp;
import org.manusroutes.reconcile.Progress.Walk;
import org.manusroutes.support.Databases;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A walk on an empty database, through a fake API; the receiver was started first at {@link #START}. */
abstract class ReconcileFixture {
    static final long START = 1_763_500_000;

    final FakeManus manus = new FakeManus();
    /** Unix seconds. */
    long now = START;

    JdbcClient jdbc;
    EventTable events;
    MissedEvents missed;
    Progress progress;
    TaskWalk walks;
    JudgedTasks judged;

    void open(Databases database) {
        DataSource source = database.migrated();
        jdbc = JdbcClient.create(source);
        events = new EventTable(jdbc, new JdbcTemplate(source));
        missed = new MissedEvents(
                new MissedStops(jdbc),
                events,
                new WakeUp(),
                new JdbcTransactionManager(source),
                new SimpleMeterRegistry(),
                Duration.ZERO);
        progress = new Progress(jdbc);
        judged = new JudgedTasks(jdbc);
        Binder defaults = new Binder();
        ReconcileProperties properties = defaults.bindOrCreate("manus.api", Bindable.of(ReconcileProperties.class));
        InboxProperties inbox = defaults.bindOrCreate("manus.inbox", Bindable.of(InboxProperties.class));
        walks = new TaskWalk(progress, new TaskJudge(judged, missed, properties, inbox), judged, events);
        progress.read(START);
    }

    /** From its start, or where it stands, to its end; then the events that are missing are made. */
    void walk() {
        Walk walk = walks.start(progress.read(now).walk(), START, now);
        while (walk.startedAt() != null) {
            walk = walks.page(manus, walk, START, () -> now, () -> {});
        }
        missed.makeDue();
    }

    /** As it was delivered. */
    void came(String task, String reason, long second) {
        String id = "task_stopped_" + task + '_' + second;
        byte[] body = ("{\"event_id\": \"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        events.insert(List.of(NewEvent.received(id, new Event(id, "task_stopped", task, reason, body))));
    }

    List<String> keys() {
        return jdbc.sql("select event_key from event order by id")
                .query(String.class)
                .list();
    }

    /** {@code task_detail} of an event. */
    JsonNode detail(String key) {
        try {
            return new JsonMapper()
                    .readTree(jdbc.sql("select body from event where event_key = :key")
                            .param("key", key)
                            .query((row, n) -> row.getBytes("body"))
                            .single())
                    .path("task_detail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
