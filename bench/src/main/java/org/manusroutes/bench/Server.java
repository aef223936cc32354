package org.manusroutes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A server process under measurement; its output goes to a file. */
final class Server implements AutoCloseable {
    private static final Set<Process> running = ConcurrentHashMap.newKeySet();

    static {
        // Ctrl-C leaves nothing behind
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> running.forEach(process -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                })));
    }

    private final String name;
    private final Process process;
    private final Path log;
    private final int port;
    private final long startedAt;

    private Server(String name, Process process, Path log, int port, long startedAt) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.port = port;
        this.startedAt = startedAt;
    }

    /** Starts a command in an environment that holds nothing but {@code settings} and the path. */
    static Server start(String name, Path folder, int port, Map<String, String> settings, List<String> command) {
        try {
            Path logs = Files.createDirectories(Options.folder().resolve("logs"));
            Path log = logs.resolve(name + ".log").toAbsolutePath();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().put("PATH", System.getenv("PATH"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(settings);
            long startedAt = System.nanoTime();
            Process process = builder.start();
            running.add(process);
            return new Server(name, process, log, port, startedAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A port that nobody listens on now. */
    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    String name() {
        return name;
    }

    /** {@link System#nanoTime} just before the process was made. */
    long startedAt() {
        return startedAt;
    }

    double cpuSeconds() {
        return Processes.cpuSeconds(javaPid());
    }

    long residentMiB() {
        return Processes.residentMiB(javaPid());
    }

    /** The JVM itself, also when a script has started it as a child. */
    long javaPid() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .map(ProcessHandle::pid)
                .findFirst()
                .orElse(process.pid());
    }

    /** Waits until this path is answered with a status below 500, at most five minutes. */
    Server awaitAnswer(String path) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                break;
            }
            if (answers(path)) {
                return this;
            }
            pause(50);
        }
        throw new IllegalStateException(name + " did not start; see " + log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    private boolean answers(String path) {
        try {
            HttpURLConnection http = (HttpURLConnection) new URL("http://127.0.0.1:" + port + path).openConnection();
            http.setReadTimeout(5000);
            int status = http.getResponseCode();
            http.disconnect();
            return status < 500;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM, and SIGKILL when that has not helped within 40 s. */
    @Override
    public void close() {
        ProcessHandle java = ProcessHandle.of(javaPid()).orElse(process.toHandle());
        java.destroy();
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                java.destroyForcibly();
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.remove(process);
    }
}
