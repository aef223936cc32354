package org.manusroutes.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.standins.SlackStandIn.Answer;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.Distribution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** Two processes of the distribution on one PostgreSQL, and nothing else between them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are stopped by Linux's signals")
@TestInstance(Lifecycle.PER_CLASS)
class TwoNodesIT {
    private static final Duration LEASE = Duration.ofSeconds(3);

    /** Stays, for its logs. */
    private static final Path FOLDER = Path.of("target", "two-nodes").toAbsolutePath();

    private final SlackStandIn slack = SlackStandIn.start();
    private final Map<String, Object> settings = new HashMap<>(Databases.POSTGRESQL.fresh());
    private final JdbcClient database = JdbcClient.create(
            new DriverManagerDataSource((String) settings.get("spring.datasource.url"), "postgres", ""));
    private final List<RetryingClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private Distribution one;
    private Distribution two;

    @BeforeAll
    void unzip() throws IOException {
        FileSystemUtils.deleteRecursively(FOLDER);
        settings.putAll(slack.settings());
        settings.put("manus.slack.messages-per-second", 0);
        settings.put("manus.webhook.signature", "off");
        settings.put("manus.inbox.lease", LEASE.toSeconds() + "s");
        settings.put("java.tool.options", "-XX:TieredStopAtLevel=1");
        one = Distribution.trained(Files.createDirectories(FOLDER.resolve("one")));
        two = Distribution.trained(Files.createDirectories(FOLDER.resolve("two")));
    }

    /** What the test before has killed comes back. */
    @BeforeEach
    void start() {
        for (Distribution node : List.of(one, two)) {
            if (node.process() == null || !node.isAlive()) {
                node.start(settings).awaitReady();
            }
        }
        slack.reset();
    }

    /** No node stays suspended, and none has an event in hand that would reach the next test. */
    @AfterEach
    void putRight() throws Exception {
        clients.forEach(RetryingClient::stop);
        Bounded.join(threads);
        clients.clear();
        threads.clear();
        List<Distribution> alive =
                nodes().stream().filter(Distribution::isAlive).toList();
        for (Distribution node : alive) {
            node.resume();
        }
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> count("select count(*) from event where due_at is not null") == 0);
        } catch (ConditionTimeoutException stillAtWork) {
            for (Distribution node : alive) {
                node.kill();
            }
        }
        database.sql("truncate event, attempt, task, camel_messageprocessed").update();
    }

    @AfterAll
    void stop() {
        nodes().forEach(Distribution::close);
        slack.close();
    }

    private List<Distribution> nodes() {
        return Stream.of(one, two).filter(Objects::nonNull).toList();
    }

    @Test
    void shareTheWorkThatOneOfThemHasTaken() throws Exception {
        slack.answerNext(120, Answer.slow(Duration.ofMillis(500)));
        for (int i = 0; i < 120; i++) {
            assertThat(one.post(question("shared-" + i)).statusCode()).isEqualTo(200);
        }
        Bounded.untilExactly(120, this::done);
        assertThat(doneBy(one)).isPositive();
        assertThat(doneBy(two)).isPositive();
        assertThat(doneBy(one) + doneBy(two)).isEqualTo(120);
        assertThat(slack.posts()).hasSize(120);
    }

    @Test
    void takeOverFromOneThatWasKilled() throws Exception {
        Distribution victim = holderOf("orphan");
        Distribution heir = victim == one ? two : one;
        OffsetDateTime killed = database.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single();
        victim.kill();
        Bounded.untilExactly(1, this::done);

        assertThat(doneBy(heir)).isEqualTo(1);
        OffsetDateTime taken = database.sql("select started_at from attempt where outcome = 'done'")
                .query(OffsetDateTime.class)
                .single();
        assertThat(taken).isAfter(killed);
    }

    @Test
    void leaveAloneWhatWasTakenOverWhileTheyHung() throws Exception {
        Distribution sleeper = holderOf("fenced");
        Distribution other = sleeper == one ? two : one;
        sleeper.suspend();
        Bounded.untilExactly(1, this::done);
        List<Map<String, Object>> settled = rows();
        assertThat(doneBy(other)).isEqualTo(1);

        sleeper.resume();
        int posts = slack.requests();
        other.kill();
        assertThat(sleeper.post(question("next")).statusCode()).isEqualTo(200);
        Bounded.untilExactly(2, () -> count("select count(*) from attempt where outcome = 'done'"));
        // the answer that it waited for when it was suspended has come long since: it has tried to settle
        await().until(() -> sleeper.output().contains("was taken over"));
        assertThat(rows()).isEqualTo(settled);
        assertThat(doneBy(sleeper)).isEqualTo(1);
        assertThat(slack.requests()).isEqualTo(posts + 1);
    }

    @Test
    void beginNothingThatWaitedInTheirQueueWhileTheyHung() throws Exception {
        int workers = 16;
        int events = 4 * workers;
        slack.answerNext(workers, Answer.slow(Duration.ofSeconds(5)));
        two.suspend();
        for (int i = 0; i < events; i++) {
            assertThat(one.post(question("queued-" + i)).statusCode()).isEqualTo(200);
        }
        String working = "select count(*) from event where state = 'working'";
        await().until(() -> count(working) >= 2 * workers && slack.requests() == workers);
        one.suspend();
        long inHand = count(working);
        two.resume();
        Bounded.untilExactly(events, this::done);
        Bounded.untilExactly(workers + events, () -> slack.posts().size());

        one.resume();
        Bounded.untilExactly((int) inHand, () -> one.output().split(" was taken over").length - 1);
        assertThat(slack.requests()).isEqualTo(workers + events);
    }

    @Test
    void areRestartedInTurnWithoutAFailedRequest() throws Exception {
        for (int i = 0; i < 4; i++) {
            RetryingClient client = new RetryingClient("rolling-" + i, List.of(one.port(), two.port()));
            Thread thread = new Thread(client);
            thread.start();
            clients.add(client);
            threads.add(thread);
        }
        for (Distribution node : List.of(one, two)) {
            await().until(() -> clients.stream().allMatch(client -> client.accepted.size() > 50));
            node.terminate();
            assertThat(node.awaitEnd()).isIn(0, 143);
            node.start(settings).awaitReady();
        }
        clients.forEach(RetryingClient::stop);
        Bounded.join(threads);

        List<String> stored =
                database.sql("select event_id from event").query(String.class).list();
        for (RetryingClient client : clients) {
            assertThat(client.failed).isEmpty();
            assertThat(client.retried).hasPositiveValue();
            assertThat(stored).containsAll(client.accepted);
        }
    }

    /** The node that works on an event of this id, and waits for an answer of Slack that takes ten seconds. */
    private Distribution holderOf(String id) throws Exception {
        slack.answerNext(1, Answer.slow(Duration.ofSeconds(10)));
        assertThat(one.post(question(id)).statusCode()).isEqualTo(200);
        Bounded.untilExactly(1, slack::requests);
        String node = database.sql("select leased_by from event where state = 'working'")
                .query(String.class)
                .single();
        return node.contains(processOf(one)) ? one : two;
    }

    private List<Map<String, Object>> rows() {
        return database.sql("select a.*, e.state, e.attempt as last, e.leased_by, e.finished_at, e.last_error"
                        + " from attempt a join event e on e.event_key = a.event_key where a.event_key = 'fenced'")
                .query()
                .listOfRows();
    }

    private long doneBy(Distribution node) {
        return count("select count(*) from attempt where outcome = 'done' and node like '%" + processOf(node) + "%'");
    }

    /** As it stands in the name of a node. */
    private static String processOf(Distribution node) {
        return "-" + node.process().pid() + "-";
    }

    private long done() {
        return count("select count(*) from event where state = 'done'");
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    private static String question(String id) {
        return "{\"event_id\":\"" + id + "\",\"event_type\":\"task_stopped\",\"task_detail\":{\"task_id\":\"" + id
                + "\",\"task_title\":\"A title\",\"stop_reason\":\"ask\",\"message\":\"Which one?\"}}";
    }
}
