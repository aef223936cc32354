package org.manusroutes.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.manusroutes.support.Bounded;
import org.manusroutes.torture.Incidents.Incident;
import org.springframework.dao.DataAccessException;

/**
 * Does harm at random, but by its seed in the same order: to the processes, to the database, to the receivers; three
 * at the same time.
 */
final class Saboteur {
    /** Events that a node works on at the same moment, and so messages between being taken and their ledger row. */
    static final int WORKERS = 16;

    static final Duration LEASE = Duration.ofSeconds(3);

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Node> nodes;
    private final Incidents incidents;
    private volatile @Nullable Throwable failure;

    Saboteur(List<Node> nodes, Incidents incidents) {
        this.nodes = nodes;
        this.incidents = incidents;
    }

    /** Something that is done to somebody. */
    interface Harm {
        void run() throws Exception;
    }

    void start(long seed, Sinks sinks, @Nullable Postgres postgres, @Nullable DatabaseWire wire) throws IOException {
        Random first = new Random(seed);
        repeat(toNodes(first), first, 2_000, 6_000);
        Random second = new Random(seed + 1);
        repeat(sinks.faults(second).stream().<Harm>map(fault -> fault::run).toList(), second, 200, 1_500);
        repeat(toRoutes(new Random(seed + 3)), new Random(seed + 4), 5_000, 20_000);
        if (postgres != null && wire != null) {
            Random third = new Random(seed + 2);
            repeat(toDatabase(third, postgres, wire), third, 2_000, 8_000);
        }
    }

    private List<Harm> toNodes(Random random) {
        List<Harm> harms = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            harms.add(() -> {
                kill("kill -9 of a node", List.of(any(random)));
                awaitReadyMostly(random);
            });
        }
        harms.add(() -> {
            kill("kill -9 of all nodes", nodes);
            awaitReadyMostly(random);
        });
        for (int i = 0; i < 2; i++) {
            harms.add(() -> hang(any(random), LEASE.plusMillis(500 + random.nextInt(2_500))));
        }
        harms.add(() -> {
            // what it works on is finished: no message has a reason to come twice
            try (Incident incident = incidents.begin("SIGTERM of a node", 0)) {
                any(random).terminate();
            }
            awaitReadyMostly(random);
        });
        return harms;
    }

    private void kill(String kind, List<Node> victims) {
        try (Incident incident = incidents.begin(kind, WORKERS * victims.size())) {
            victims.forEach(Node::kill);
        }
    }

    private void hang(Node node, Duration time) throws InterruptedException {
        try (Incident incident = incidents.begin("SIGSTOP beyond the lease", WORKERS)) {
            node.hang(time, stopping);
        }
    }

    private List<Harm> toDatabase(Random random, Postgres postgres, DatabaseWire wire) {
        List<Harm> harms = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            harms.add(() -> wire.loseAnswers(1 + random.nextInt(4)));
        }
        for (int i = 0; i < 2; i++) {
            harms.add(() -> {
                try (Incident incident = incidents.begin("database connections cut", WORKERS * nodes.size())) {
                    wire.cutAll();
                }
            });
        }
        harms.add(() -> outage("PostgreSQL stopped and started", () -> {
            postgres.stop();
            pause(random, 200, 3_000);
            postgres.startAgain();
        }));
        harms.add(() -> outage("PostgreSQL killed and started", () -> {
            postgres.kill();
            pause(random, 0, 2_000);
            postgres.startAgain();
        }));
        for (int i = 0; i < 2; i++) {
            harms.add(() -> outage("PostgreSQL read-only", () -> {
                postgres.setting("default_transaction_read_only", "on");
                pause(random, 200, 6_000);
                postgres.setting("default_transaction_read_only", "off");
            }));
            harms.add(() -> outage("tables locked, with a lock time-out", () -> {
                postgres.setting("lock_timeout", "50ms");
                postgres.run(
                        "set local lock_timeout = 0; lock table event, camel_messageprocessed in access exclusive mode; perform pg_sleep("
                                + (0.2 + 3 * random.nextDouble()) + ")");
                postgres.setting("lock_timeout", "0");
            }));
            harms.add(() -> outage("backends terminated", postgres::terminateBackends));
        }
        harms.add(() -> {
            outage("ledger rows refused", () -> {
                postgres.refuseLedgerRows();
                pause(random, 500, 3_000);
                postgres.takeLedgerRows();
            });
            replayParked();
        });
        // whoever is chosen to end a deadlock does its part again at once: no message has a reason to come twice
        harms.add(() -> deadlock(postgres));
        return harms;
    }

    /** Errors of the virtual machine, which are no exceptions: no loop may end by one, no event be lost by one. */
    private List<Harm> toRoutes(Random random) throws IOException {
        BadEdits edits = new BadEdits(nodes.stream().map(Node::routes).toList());
        return List.of(
                () -> edited("an Error in a step", random, edits::failInAStep, edits::restore),
                () -> edited("an Error in the check of the routes", random, edits::failInTheCheck, edits::restore));
    }

    /** No message has a reason to come twice. */
    private void edited(String kind, Random random, Harm edit, Harm restore) throws Exception {
        try (Incident incident = incidents.begin(kind, 0)) {
            edit.run();
            pause(random, 5_000, 10_000);
            restore.run();
        }
    }

    /** It lasts a lease longer than the harm does. */
    private void outage(String kind, Harm harm) throws Exception {
        try (Incident incident = incidents.begin(kind, WORKERS * nodes.size())) {
            harm.run();
            // a lease that ran out meanwhile is taken up by another before its holder has a connection again
            stopping.await(LEASE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** As an operator does who has mended what parked them. */
    void replayParked() throws Exception {
        String answer = nodes.get(0).command("event", "replay", "--state", "parked", "--yes");
        if (!answer.startsWith("0 ")) {
            throw new IllegalStateException("event replay: " + answer);
        }
    }

    /** Locks rows in the order that nobody else locks them in. */
    private void deadlock(Postgres postgres) {
        try (Incident incident = incidents.begin("a partner for a deadlock", 0)) {
            postgres.run(
                    "update event set attempt = attempt where id = (select max(id) from event where state = 'working');"
                            + " perform pg_sleep(0.2);"
                            + " update event set attempt = attempt where id = (select min(id) from event where state = 'working')");
        } catch (DataAccessException chosen) {
            // the partner itself was ended
        }
    }

    /** Usually all are back before the next harm, unless that takes long; sometimes one, now and then none. */
    private void awaitReadyMostly(Random random) throws InterruptedException {
        int patience = random.nextInt(6);
        if (patience > 0) {
            awaitReady(1, 60);
        }
        if (patience > 1) {
            awaitReady(nodes.size(), 15);
        }
    }

    private void awaitReady(int wanted, int seconds) throws InterruptedException {
        for (int i = 0; i < 5 * seconds && nodes.stream().filter(Node::isReady).count() < wanted; i++) {
            if (stopping.await(200, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private Node any(Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /** Deals all harms in a random order, then again, so that none is left out for long. */
    private void repeat(List<Harm> harms, Random random, int shortest, int longest) {
        Thread thread = new Thread(
                () -> {
                    List<Harm> deck = new ArrayList<>(harms);
                    try {
                        while (stopping.getCount() > 0) {
                            Collections.shuffle(deck, random);
                            for (Harm harm : deck) {
                                pause(random, shortest, longest);
                                if (stopping.getCount() > 0) {
                                    harm.run();
                                }
                            }
                        }
                    } catch (Exception e) {
                        failure = e;
                    }
                },
                "torture-hand");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void pause(Random random, int shortest, int longest) throws InterruptedException {
        stopping.await(shortest + random.nextInt(longest - shortest), TimeUnit.MILLISECONDS);
    }

    /** Returns when all that was broken has been put right. */
    void stop() throws Exception {
        stopping.countDown();
        Bounded.join(threads);
        if (failure != null) {
            throw new IllegalStateException("the hand failed, which says nothing of the application", failure);
        }
    }
}
