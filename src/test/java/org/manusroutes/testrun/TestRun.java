package org.manusroutes.testrun;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.manusroutes.Main;
import org.manusroutes.cli.Commands;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.standins.StandIn;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** What {@code ./mvnw spring-boot:test-run} starts: the application, local stand-ins, and three sample tasks. */
public final class TestRun {
    private static final Path FOLDER = Path.of("target", "test-run");
    private static final int USUAL_PORT = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PrintWriter out = new PrintWriter(System.out, true);
    private final ManusSimulator manus = ManusSimulator.start();
    private final S3StandIn s3 = S3StandIn.start();
    private final SlackStandIn slack = SlackStandIn.start();
    private final MailStandIn mail = MailStandIn.start();
    private final List<StandIn> standIns = List.of(manus, s3, slack, mail);
    private final int port = port();
    private final String address = "http://127.0.0.1:" + port;
    private final String webhookUrl = address + "/webhooks/manus";

    public static void main(String[] args) throws IOException {
        new TestRun().run();
    }

    private void run() throws IOException {
        FileSystemUtils.deleteRecursively(FOLDER);
        Files.createDirectories(FOLDER);
        out.println("Starting the application and the stand-ins"
                + (port == USUAL_PORT ? "" : "; port " + USUAL_PORT + " is taken, so on port " + port) + " ...");
        Map<String, Object> settings = settings();
        Outcomes outcomes = new Outcomes(start(settings).getBean(JdbcClient.class), slack, mail);

        List<String> missing = new ArrayList<>();
        if (!isReady()) {
            missing.add(address + "/actuator/health/readiness is not UP");
        }
        if (Commands.run(settings, out, out, "webhook", "register", "--url", webhookUrl) != 0) {
            missing.add("no registration, so no events");
        }
        out.println("running three sample tasks ...");
        List<SimulatedTask> tasks = Stream.of(SampleTask.FILES, SampleTask.QUESTION, SampleTask.STRUCTURED_OUTPUT)
                .map(manus::sampleTask)
                .toList();
        waitFor(outcomes, tasks);
        report(outcomes.of(tasks), missing, settings);
    }

    /** Leaves nothing running that would keep the JVM alive when the application does not start. */
    private ApplicationContext start(Map<String, Object> settings) {
        try {
            return SpringApplication.from(Main::main).run(arguments(settings)).getApplicationContext();
        } catch (RuntimeException failure) {
            standIns.forEach(StandIn::close);
            throw failure;
        }
    }

    private void report(List<TaskOutcome> results, List<String> missing, Map<String, Object> settings)
            throws IOException {
        results.forEach(result -> missing.addAll(result.missing()));
        out.println(Summary.of(results, places(), tries(results, settings)));
        out.println();
        if (missing.isEmpty()) {
            out.println("Ready: " + results.size() + " tasks went through all steps; " + address
                    + " takes events until Ctrl-C.");
        } else {
            out.println("Not all went well within " + PATIENCE.toSeconds() + " s; the application runs until Ctrl-C.");
            missing.forEach(line -> out.println("  - " + line));
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        standIns.forEach(standIn -> settings.putAll(standIn.settings()));
        settings.put("manus.webhook.public-url", webhookUrl);
        settings.put("server.port", port);
        settings.put("server.address", "127.0.0.1");
        // AUTO_SERVER: the file can be looked into while the application runs
        settings.put(
                "spring.datasource.url",
                "jdbc:h2:file:./target/test-run/manus;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                        + "DEFAULT_NULL_ORDERING=HIGH;AUTO_SERVER=TRUE");
        settings.put("spring.datasource.username", "manus");
        settings.put("spring.datasource.password", "");
        settings.put("logging.file.name", FOLDER.resolve("application.log"));
        settings.put("logging.threshold.console", "WARN");
        return settings;
    }

    private static String[] arguments(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    private boolean isReady() {
        try {
            await().atMost(PATIENCE).until(() -> status(address + "/actuator/health/readiness") == 200);
            return true;
        } catch (ConditionTimeoutException notReady) {
            return false;
        }
    }

    /** Returns after a while in any case: what is missing then is reported. */
    private static void waitFor(Outcomes outcomes, List<SimulatedTask> tasks) {
        try {
            await().atMost(PATIENCE).until(() -> outcomes.of(tasks).stream().allMatch(TaskOutcome::isComplete));
        } catch (ConditionTimeoutException stillWaiting) {
            // said in the report, event by event
        }
    }

    private Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("health", address + "/actuator/health");
        places.put("metrics", address + "/actuator/prometheus");
        places.put("tables", FOLDER.resolve("manus.mv.db") + "  (H2: event, attempt, task, attachment, question)");
        places.put("log", FOLDER.resolve("application.log").toString());
        places.put("routes", "routes/*.camel.yaml  (edit one and save: it is loaded at once)");
        return places;
    }

    /** There is no jar yet: this file has the class path, the class, and the settings of this run. */
    private Path commandFile(Map<String, Object> settings, Path key) throws IOException {
        List<String> lines = new ArrayList<>(List.of("-cp", quoted(System.getProperty("java.class.path"))));
        settings.forEach((name, value) -> lines.add(quoted("-D" + name + "=" + value)));
        lines.add(quoted("-Dmanus.webhook.private-key=" + key));
        lines.add(Main.class.getName());
        return Files.write(FOLDER.resolve("command"), lines);
    }

    /** As an argument file of {@code java} takes it. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }

    private Map<String, String> tries(List<TaskOutcome> results, Map<String, Object> settings) throws IOException {
        Path key = Files.writeString(FOLDER.resolve("manus-private-key.pem"), manus.privateKeyPem());
        Path command = commandFile(settings, key);
        Path event = Files.write(
                FOLDER.resolve("event.json"),
                manus.event("task_stopped")
                        .reason("finish")
                        .message("Sent by hand")
                        .bytes());
        Map<String, String> tries = new LinkedHashMap<>();
        tries.put("health", "curl " + address + "/actuator/health");
        tries.put("unsigned, so 401", "curl -i " + webhookUrl + " -H 'Content-Type: application/json' -d @" + event);
        tries.put("signed", "java @" + command + " event send --file " + event);
        tries.put("what is stored", "java @" + command + " event list");
        results.stream()
                .filter(result -> result.row().equals("waiting"))
                .forEach(result ->
                        tries.put("answer", "java @" + command + " task answer " + result.id() + " \"EUR, please\""));
        return tries;
    }

    private static int port() {
        try (ServerSocket usual = new ServerSocket(USUAL_PORT, 1, InetAddress.getByName("127.0.0.1"))) {
            return usual.getLocalPort();
        } catch (IOException taken) {
            return freePort();
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** 0 when no answer came. */
    private static int status(String url) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5));
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException noAnswer) {
            return 0;
        }
    }
}
