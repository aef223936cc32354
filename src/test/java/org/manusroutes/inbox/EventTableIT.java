package org.manusroutes.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.Databases;
import org.manusroutes.webhook.WebhookEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Leases and fences, on both databases. */
class EventTableIT {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration SHORT_LEASE = Duration.ofMillis(300);

    private EventTable events;
    private JdbcClient jdbc;

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
                together.await();
                return events.claim(name, 50, LEASE).stream()
                        .map(StoredEvent::id)
                        .toList();
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> claim : threads.invokeAll(claims)) {
            all.addAll(claim.get());
        }
        threads.shutdown();
        Set<Long> distinct = new TreeSet<>(all);
        assertThat(all).hasSameSizeAs(distinct);
        all.addAll(
                events.claim("late", 200, LEASE).stream().map(StoredEvent::id).toList());
        assertThat(all).hasSize(200);
    }

    @ParameterizedTest
    @EnumSource
    void letsAnotherNodeTakeOverWhenALeaseRunsOutAndFencesTheFirst(Databases database) {
        open(database);
        store("e");
        StoredEvent first = events.claim("a", 1, SHORT_LEASE).get(0);
        assertThat(events.claim("b", 1, LEASE)).isEmpty();
        StoredEvent second = await().until(() -> events.claim("b", 1, LEASE), claimed -> !claimed.isEmpty())
                .get(0);
        assertThat(second.attempt()).isEqualTo(2);

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
        StoredEvent first = events.claim("a", 1, SHORT_LEASE).get(0);
        await().until(() -> !events.claim("a", 1, LEASE).isEmpty());
        assertThat(settle(first, "a", new Outcome.Done())).isFalse();
        assertThat(state("e")).isEqualTo("working");
    }

    @ParameterizedTest
    @EnumSource
    void keepsARenewedLease(Databases database) {
        open(database);
        store("e");
        StoredEvent event = events.claim("a", 1, SHORT_LEASE).get(0);
        events.renew("a", List.of(event.id()), LEASE);
        await().pollDelay(SHORT_LEASE.multipliedBy(2)).until(() -> true);
        assertThat(events.claim("b", 1, LEASE)).isEmpty();
        assertThat(settle(event, "a", new Outcome.Done())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void comesBackAfterTheDelayOfARetryAndNotBefore(Databases database) {
        open(database);
        store("e");
        StoredEvent event = events.claim("a", 1, LEASE).get(0);
        settle(event, "a", new Outcome.Retry(Duration.ofMillis(700), "not now"));
        assertThat(events.claim("a", 1, LEASE)).isEmpty();
        StoredEvent again = await().until(() -> events.claim("a", 1, LEASE), claimed -> !claimed.isEmpty())
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
        StoredEvent event = events.claim("a", 1, LEASE).get(0);
        settle(event, "a", new Outcome.NotYet(Duration.ZERO));
        StoredEvent again = events.claim("a", 1, LEASE).get(0);
        assertThat(again.attempt()).as("the fence moves on").isEqualTo(2);
        assertThat(again.tries()).isEqualTo(1);
        assertThat(jdbc.sql("select * from attempt").query().listOfRows()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void stillStoresTheNoticeOfAParkedEventWithIt(Databases database) {
        open(database);
        store("e");
        StoredEvent event = events.claim("a", 1, LEASE).get(0);
        WebhookEvent notice = new WebhookEvent("e/parked/1", "event_parked", null, null, "{}".getBytes(UTF_8));
        String nul = "a" + '\0' + "b".repeat(3000);
        assertThat(events.settle(event, "a", Instant.now(), new Outcome.Parked(nul), notice))
                .isTrue();
        assertThat(state("e")).isEqualTo("parked");
        assertThat(state("e/parked/1")).isEqualTo("waiting");
        assertThat(events.countByState()).isEqualTo(Map.of("parked", 1L, "waiting", 1L));
        assertThat(events.oldestWaiting()).isPresent();
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
        for (StoredEvent event : events.claim("a", 3, LEASE)) {
            settle(event, "a", event.eventKey().equals("parked") ? new Outcome.Parked("x") : new Outcome.Done());
        }
        assertThat(events.purge(Duration.ofHours(1), 10)).isZero();
        assertThat(events.purge(Duration.ZERO, 1)).isEqualTo(1);
        assertThat(events.purge(Duration.ZERO, 10)).isEqualTo(1);
        assertThat(jdbc.sql("select event_key from event order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("parked", "waiting");
        assertThat(jdbc.sql("select messageid from camel_messageprocessed order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("parked/alert-slack", "waiting/alert-slack");
    }

    private void open(Databases database) {
        Map<String, Object> settings = database.fresh();
        DataSource source = new DriverManagerDataSource(
                (String) settings.get("spring.datasource.url"),
                (String) settings.getOrDefault("spring.datasource.username", "sa"),
                "");
        String vendor = database == Databases.H2 ? "h2" : "postgresql";
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor)
                .load()
                .migrate();
        jdbc = JdbcClient.create(source);
        events = new EventTable(jdbc, new TransactionTemplate(new JdbcTransactionManager(source)));
    }

    private void store(String key) {
        byte[] body = ("{\"event_id\":\"" + key + "\"}").getBytes(UTF_8);
        assertThat(events.insert(key, new WebhookEvent(key, "task_created", null, null, body), "webhook"))
                .isTrue();
    }

    private boolean settle(StoredEvent event, String node, Outcome outcome) {
        return events.settle(event, node, Instant.now(), outcome, null);
    }

    private String state(String key) {
        return jdbc.sql("select state from event where event_key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }
}
