package org.manusroutes.torture;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.support.Distribution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * One run: processes of the distribution on a database of their own, a sender, receivers, and a hand that does harm;
 * then peace, until all is done, and a look at what is there.
 */
final class Torture implements AutoCloseable {
    private final long seed;
    private final Path folder;
    private final Tally tally = new Tally();
    private final Incidents incidents = new Incidents();
    private final Sinks sinks = new Sinks(tally);
    private final ManusSimulator signer = ManusSimulator.start();
    private final List<Node> nodes = new ArrayList<>();
    private @Nullable Postgres postgres;
    private @Nullable DatabaseWire wire;
    private Map<String, Object> database = Map.of();

    private Torture(long seed, String name) throws IOException {
        this.seed = seed;
        this.folder = Path.of("target", "torture", seed + "-" + name).toAbsolutePath();
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder);
    }

    /** Two nodes on PostgreSQL. */
    static Torture onPostgresql(long seed) throws IOException {
        Torture torture = new Torture(seed, "postgresql");
        torture.postgres = Postgres.start(torture.folder);
        torture.wire = new DatabaseWire(torture.postgres.port(), torture.incidents);
        torture.database = Map.of(
                "spring.datasource.url", Postgres.url(torture.wire.port()), "spring.datasource.username", "postgres");
        torture.startNode("node-1");
        torture.startNode("node-2");
        return torture;
    }

    /** One node on the file that it makes when nothing is configured. */
    static Torture onH2(long seed) throws IOException {
        Torture torture = new Torture(seed, "h2");
        torture.startNode("node-1");
        return torture;
    }

    private void startNode(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Distribution distribution = Distribution.trained(home);
        if (postgres == null) {
            database = distribution.h2File();
        }
        Map<String, Object> settings = new LinkedHashMap<>(sinks.settings());
        settings.putAll(database);
        settings.put("manus.webhook.public-url", Sender.PUBLIC_URL);
        settings.put("manus.webhook.public-key", signer.publicKeyPem().replace("\n", "\\n"));
        settings.put("manus.inbox.lease", Saboteur.LEASE.toSeconds() + "s");
        settings.put("manus.inbox.workers", Saboteur.WORKERS);
        settings.put("manus.inbox.retry.first-delay", "300ms");
        settings.put("manus.inbox.retry.max-delay", "3s");
        settings.put("manus.inbox.retry.attempts", 200);
        settings.put("java.tool.options", "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        nodes.add(new Node(name, distribution, settings, tally));
    }

    /** Does harm for so long, then waits for peace, and says what is wrong. */
    Report run(Duration harm, double eventsPerSecond) throws Exception {
        await().atMost(Duration.ofMinutes(5)).until(() -> nodes.stream().allMatch(Node::isReady));
        Sender sender =
                new Sender(nodes.stream().map(Node::webhook).toList(), signer, sinks.files, tally, eventsPerSecond);
        Saboteur hand = new Saboteur(nodes, incidents);
        sender.start(seed);
        hand.start(seed, sinks, postgres, wire);
        new CountDownLatch(1).await(harm.toMillis(), TimeUnit.MILLISECONDS);
        // on a slow machine the first kill may still be to come
        await().atMost(Duration.ofMinutes(3)).until(() -> tally.of("kill -9") > 0);
        int underFire = sinks.slack.effects.total();
        hand.stop();
        sinks.heal();
        if (wire != null) {
            wire.heal();
        }
        long peace = System.nanoTime();
        sender.stop();
        tally.add(
                "seconds from peace to the last 200", (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - peace));
        boolean drained = awaitDrained(hand);
        Duration drain = Duration.ofNanos(System.nanoTime() - peace);
        List<Integer> exitCodes = new ArrayList<>();
        for (Node node : nodes) {
            exitCodes.add(node.end());
        }
        tally.add("Slack messages taken while harm was done", underFire);
        Report report = Report.of(sender.accepted(), open(), sinks, incidents, tally, drain);
        if (!drained) {
            report.findings().add("not done", "the nodes still had work after five minutes of peace");
        }
        if (exitCodes.stream().anyMatch(code -> code != 0 && code != 143)) {
            report.findings().add("bad exit", "exit codes after SIGTERM: " + exitCodes);
        }
        report.write(folder, open());
        return report;
    }

    /** Also of what the ledger's last refusals parked. */
    private boolean awaitDrained(Saboteur hand) throws Exception {
        try {
            awaitNothingDue();
            hand.replayParked();
            awaitNothingDue();
            return true;
        } catch (org.awaitility.core.ConditionTimeoutException stillWorking) {
            return false;
        }
    }

    private void awaitNothingDue() {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> nodes.stream().allMatch(Node::isReady) && isDrained());
    }

    private boolean isDrained() {
        return open().sql("select count(*) from event where due_at is not null")
                        .query(Long.class)
                        .single()
                == 0;
    }

    private JdbcClient open() {
        return postgres != null
                ? postgres.jdbc()
                : JdbcClient.create(new DriverManagerDataSource(
                        (String) database.get("spring.datasource.url"),
                        (String) database.get("spring.datasource.username"),
                        ""));
    }

    /** Keeps the logs and the report, and nothing that is large. */
    @Override
    public void close() throws IOException {
        for (Node node : nodes) {
            node.close();
            try (var logs = Files.find(folder.resolve(node.name()), 2, (file, a) -> file.endsWith("output.log"))) {
                for (Path log : logs.toList()) {
                    Files.move(log, folder.resolve(node.name() + ".log"));
                }
            }
            FileSystemUtils.deleteRecursively(folder.resolve(node.name()));
        }
        if (wire != null) {
            wire.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        FileSystemUtils.deleteRecursively(folder.resolve("postgresql"));
        sinks.close();
        signer.close();
    }
}
