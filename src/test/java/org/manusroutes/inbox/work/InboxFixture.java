package org.manusroutes.inbox.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.manusroutes.event.Event;
import org.manusroutes.inbox.store.EventTable;
import org.manusroutes.inbox.store.EventTable.NewEvent;
import org.manusroutes.inbox.store.Leases;
import org.manusroutes.inbox.store.Purge;
import org.manusroutes.inbox.store.Settlement;
import org.manusroutes.inbox.store.StoredEvent;
import org.manusroutes.support.Databases;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An inbox on an empty database, without the application around it. */
public abstract class InboxFixture {
    public static final Duration LEASE = Duration.ofMinutes(1);

    public EventTable events;
    public Leases leases;
    public Purge purge;
    public DataSource source;
    public JdbcClient jdbc;
    public TransactionTemplate transactions;

    public void open(Databases database) {
        source = database.migrated();
        jdbc = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        JdbcTemplate template = new JdbcTemplate(source);
        events = new EventTable(jdbc, template);
        purge = new Purge(jdbc, template, transactions);
        leases = new Leases(jdbc, template, transactions, events);
    }

    public void store(String key) {
        byte[] body = ("{\"event_id\":\"" + key + "\"}").getBytes(UTF_8);
        Event event = new Event(key, "task_created", null, null, body);
        assertThat(events.insert(List.of(NewEvent.received(key, event)))).containsExactly(key);
    }

    public boolean settle(StoredEvent event, String node, Outcome outcome) {
        return !leases.settle(List.of(settlement(event, node, outcome))).isEmpty();
    }

    public static Settlement settlement(StoredEvent event, String node, Outcome outcome) {
        return outcome.settlement(event, node, Instant.now(), 1L, null);
    }

    public String state(String key) {
        return jdbc.sql("select state from event where event_key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }
}
