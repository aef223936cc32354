package org.manusroutes.torture;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Distribution;

/** A process of the packaged application that is started again whenever it ends, as systemd or Kubernetes would. */
final class Node implements AutoCloseable {
    private final String name;
    private final Distribution distribution;
    private final Map<String, Object> settings;
    private final Tally tally;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;
    private volatile boolean endWanted;
    private volatile boolean ready;

    Node(String name, Distribution distribution, Map<String, Object> settings, Tally tally) {
        this.name = name;
        this.distribution = distribution;
        this.settings = settings;
        this.tally = tally;
        this.keeper = new Thread(this::keepRunning, name);
        keeper.setDaemon(true);
        keeper.start();
    }

    String name() {
        return name;
    }

    URI webhook() {
        return distribution.webhook();
    }

    Path routes() {
        return distribution.folder().resolve("routes");
    }

    /** A command beside it, with its settings; what it printed. */
    String command(String... arguments) throws IOException, InterruptedException {
        return distribution.command(settings, arguments);
    }

    String get(String path) throws IOException, InterruptedException {
        return distribution.get(path);
    }

    /** Whether this run of it has been ready once. */
    boolean isReady() {
        return ready;
    }

    /** SIGKILL; it comes back by itself. */
    void kill() {
        endWanted = true;
        Process process = distribution.process();
        if (process.isAlive()) {
            tally.add("kill -9");
            process.destroyForcibly();
        }
    }

    /** SIGTERM; it comes back by itself. */
    void terminate() {
        endWanted = true;
        distribution.terminate();
    }

    /** SIGSTOP, and SIGCONT after a while; false when it died meanwhile. */
    boolean hang(Duration time, CountDownLatch earlier) throws InterruptedException {
        try {
            distribution.suspend();
            earlier.await(time.toMillis(), TimeUnit.MILLISECONDS);
            distribution.resume();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private void keepRunning() {
        try {
            while (closing.getCount() > 0) {
                runOnce();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() throws InterruptedException {
        endWanted = false;
        ready = false;
        distribution.start(settings);
        tally.add("node starts");
        Process process = distribution.process();
        while (process.isAlive() && !ready) {
            ready = answersReady();
            closing.await(100, TimeUnit.MILLISECONDS);
        }
        int code = process.waitFor();
        if (!endWanted) {
            tally.add(ready ? "node ENDED BY ITSELF" : "node gave up starting (exit code " + code + ")");
        }
        ready = false;
    }

    private boolean answersReady() throws InterruptedException {
        try {
            return distribution.get("/actuator/health/readiness").contains("\"UP\"");
        } catch (IOException notListening) {
            return false;
        }
    }

    /** Ends it by SIGTERM, for good; its exit code, or -1 when it had to be killed. */
    int end() throws InterruptedException {
        closing.countDown();
        endWanted = true;
        Process process = distribution.process();
        process.destroy();
        if (process.waitFor(40, TimeUnit.SECONDS)) {
            return process.exitValue();
        }
        Bounded.end(process.destroyForcibly());
        return -1;
    }

    @Override
    public void close() {
        closing.countDown();
        endWanted = true;
        keeper.interrupt();
        distribution.close();
    }
}
