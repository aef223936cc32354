package org.manusroutes.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.manusroutes.Databases;
import org.manusroutes.inbox.EventTable.NewEvent;
import org.manusroutes.inbox.Leases.Settlement;
import org.manusroutes.webhook.WebhookEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An inbox on an empty database, without the application around it. */
abstract class InboxFixture {
    static final Duration LEASE = Duration.ofMinutes(1);

    EventTable events;
    Leases leases;
    Purge purge;
    DataSource source;
    JdbcClient jdbc;
    TransactionTemplate transactions;

    void open(Databases database) {
        source = database.migrated();
        jdbc = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        JdbcTemplate template = new JdbcTemplate(source);
        events = new EventTable(jdbc, template);
        purge = new Purge(jdbc, template, transactions);
        leases = new Leases(jdbc, template, transactions, events);
    }

    void store(String key) {
        byte[] body = ("{\"event_id\":\"" + key + "\"}").getBytes(UTF_8);
        WebhookEvent event = new WebhookEvent(key, "task_created", null, null, body);
        assertThat(events.insert(List.of(new NewEvent(key, event, "webhook")))).containsExactly(key);
    }

    boolean settle(StoredEvent event, String node, Outcome outcome) {
        return leases.settle(List.of(new Settlement(attempt(event), node, outcome, null)))
                .get(0);
    }

    static Settling.Attempt attempt(StoredEvent event) {
        return new Settling.Attempt(event, Instant.now(), 1L);
    }

    String state(String key) {
        return jdbc.sql("select state from event where event_key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }
}
