package org.manusroutes.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manusroutes.standins.HeldPort;

/**
 * The zipped distribution, unzipped into a folder of its own and run as a user does: by {@code java -jar}, or by its
 * script after {@code bin/train}, which starts three times as fast.
 */
public final class Distribution implements AutoCloseable {
    private final Path folder;
    private final Path log;
    private final List<String> program;
    private final HeldPort port = HeldPort.take();
    private volatile Process process;

    private Distribution(Path folder, List<String> program) {
        this.folder = folder;
        this.log = folder.resolve("output.log");
        this.program = program;
    }

    /** Run by {@code java -jar}, with the first compiler alone: starts are most of what the tests wait for. */
    public static Distribution unzip(Path into) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return unzip(into, java, "-XX:TieredStopAtLevel=1", "-jar", "manus-webhook-routes.jar");
    }

    /** Run by {@code bin/manus-webhook-routes}, with what one training has taught the JVM. */
    public static Distribution trained(Path into) {
        Distribution distribution = unzip(into, "sh", "bin/manus-webhook-routes");
        try {
            Files.createSymbolicLink(
                    distribution.folder.resolve("app"),
                    TrainedDistribution.get().app());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return distribution;
    }

    /** Run by that program in its folder. */
    public static Distribution unzip(Path into, String... program) {
        return new Distribution(DistributionZip.unzip(into), List.of(program));
    }

    public Path folder() {
        return folder;
    }

    public int port() {
        return port.number();
    }

    /** Settings of an H2 file in this distribution's folder that a test may look into while nothing runs. */
    public Map<String, Object> h2File() {
        return Map.of(
                "spring.datasource.url",
                "jdbc:h2:file:" + folder.resolve("data/manus")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;AUTO_SERVER=TRUE",
                "spring.datasource.username",
                "manus");
    }

    /** Starts the server in an environment that holds nothing but where Java is, and these settings, as variables. */
    @SafeVarargs
    public final Distribution start(Map<String, Object>... settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server.port", port.number());
        for (Map<String, Object> some : settings) {
            all.putAll(some);
        }
        process = run(log, all);
        return this;
    }

    /** Runs a command to its end; what it printed. */
    public String command(Map<String, Object> settings, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder.getParent(), "command", ".txt");
        Process command = run(output, settings, arguments);
        return Bounded.end(command) + " " + Files.readString(output);
    }

    private Process run(Path output, Map<String, Object> settings, String... arguments) {
        List<String> command =
                Stream.concat(program.stream(), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        settings.forEach((key, value) -> builder.environment().put(variable(key), String.valueOf(value)));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code manus.webhook.public-url} is {@code MANUS_WEBHOOK_PUBLIC_URL}, as the README says. */
    private static String variable(String key) {
        return key.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Until it takes events. */
    public Distribution awaitReady() {
        return await200("/actuator/health/readiness");
    }

    /** Until it runs, though it may take no events. */
    public Distribution awaitLive() {
        return await200("/actuator/health/liveness");
    }

    private Distribution await200(String path) {
        await().until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended while starting:\n" + output());
            }
            return status(path) == 200;
        });
        return this;
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        Bounded.end(process.destroyForcibly());
    }

    /** SIGSTOP and SIGCONT: a machine that hangs, and one that comes back. */
    public void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = Bounded.end(new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start());
        if (code != 0) {
            throw new IOException("kill " + signal + " ended with " + code);
        }
    }

    /** Null until it has been started. */
    public @Nullable Process process() {
        return process;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, awaited for at most 40 s. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running 40 s after SIGTERM");
        }
        return process.exitValue();
    }

    /** The most memory it has had at any moment (Linux: VmHWM). */
    public long peakMemoryMiB() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            String peak =
                    lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(peak.replaceAll("\\D", "")) / 1024;
        }
    }

    public String output() throws IOException {
        return Files.readString(log);
    }

    public URI webhook() {
        return URI.create("http://127.0.0.1:" + port() + "/webhooks/manus");
    }

    public HttpResponse<String> post(String json) throws IOException, InterruptedException {
        return Http.send(Http.json(webhook(), json));
    }

    public String get(String path) throws IOException, InterruptedException {
        return Http.send(Http.request(webhook().resolve(path))).body();
    }

    private int status(String path) throws InterruptedException {
        try {
            return Http.send(Http.request(webhook().resolve(path))).statusCode();
        } catch (IOException e) {
            return 0; // not listening yet
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        port.close();
    }
}
