package org.manusroutes.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.manusroutes.bench.baseline.Receiver;

/** Starts the packaged application as its users do, and the hand-written receiver beside it, by the same JVM. */
final class Servers {
    private final Path distribution;
    private final boolean extracted;
    private final Postgres postgres;
    private final Requests requests;
    private String template;

    /** @param zip the distribution; its name in the folder of the benchmark is {@code name} */
    Servers(String name, Path zip, String layout, Postgres postgres, Requests requests) throws IOException {
        this.postgres = postgres;
        this.requests = requests;
        this.extracted = layout.equals("extracted");
        this.distribution = unzip(zip, Options.folder().resolve(name));
        if (extracted) {
            train();
        }
    }

    /** The application on this database; {@code settings} are environment variables. */
    Server application(String name, String database, Map<String, String> settings) {
        return application(name, database, settings, extracted);
    }

    Server application(String name, String database, Map<String, String> settings, boolean byScript) {
        int port = Server.freePort();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("SERVER_PORT", Integer.toString(port));
        all.put("SPRING_DATASOURCE_URL", postgres.url(database));
        all.put("SPRING_DATASOURCE_USERNAME", "postgres");
        all.put("MANUS_WEBHOOK_SIGNATURE", "off");
        all.put("MANUS_WEBHOOK_PUBLIC_URL", Requests.PUBLIC_URL);
        all.put(
                "MANUS_WEBHOOK_PUBLIC_KEY",
                requests.publicKey().toAbsolutePath().toString());
        all.put("MANUS_WEBHOOK_TOLERANCE", Requests.TOLERANCE.toHours() + "h");
        all.put("MANUS_SLACK_MESSAGES_PER_SECOND", "0");
        all.putAll(settings);
        return Server.start(name, distribution, port, all, byScript ? script() : jar());
    }

    private static List<String> jar() {
        return List.of(Server.java(), "-jar", "manus-webhook-routes.jar");
    }

    private List<String> script() {
        return List.of(distribution.resolve("bin/manus-webhook-routes").toString());
    }

    Server readyApplication(String name, String database, Map<String, String> settings) {
        return application(name, database, settings).awaitAnswer("/actuator/health/readiness");
    }

    /** A new database that has the application's tables. */
    String migrated(String name) {
        if (template == null) {
            String database = postgres.fresh("template");
            readyApplication("migration", database, Map.of()).close();
            template = database;
        }
        return postgres.copy(template, name);
    }

    Server receiver(String name, String database) {
        int port = Server.freePort();
        Map<String, String> settings = Map.of(
                "SERVER_PORT", Integer.toString(port),
                "SPRING_DATASOURCE_URL", postgres.url(database),
                "SPRING_DATASOURCE_USERNAME", "postgres");
        return Server.start(name, distribution, port, settings, ownClass(Receiver.class));
    }

    Server readyReceiver(String name, String database) {
        return receiver(name, database).awaitAnswer("/");
    }

    /** Runs a main class of the benchmark in a JVM of its own. */
    static List<String> ownClass(Class<?> main, String... arguments) {
        String classPath = Stream.of(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((a, b) -> a + ":" + b)
                .orElseThrow();
        return Stream.concat(Stream.of(Server.java(), "-cp", classPath, main.getName()), Stream.of(arguments))
                .toList();
    }

    Path distribution() {
        return distribution;
    }

    boolean canTrain() {
        return Files.exists(distribution.resolve("bin/train"));
    }

    /** Extracts the jar and makes the start-up cache of this JVM; an optional step of the distribution. */
    void train() throws IOException {
        ProcessBuilder train = new ProcessBuilder(
                        distribution.resolve("bin/train").toString())
                .directory(distribution.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Options.folder().resolve("logs/train.log").toFile());
        Files.createDirectories(Options.folder().resolve("logs"));
        train.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            if (train.start().waitFor() != 0) {
                throw new IllegalStateException("bin/train failed; see bench/target/logs/train.log");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the build has made. */
    static Path built() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no zip in target/; run without --no-build"));
        }
    }

    private static Path unzip(Path zip, Path into) throws IOException {
        delete(into);
        try (InputStream bytes = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(bytes)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = into.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(entries, file);
                    if (file.getParent().endsWith("bin")) {
                        file.toFile().setExecutable(true);
                    }
                }
            }
        }
        try (Stream<Path> folders = Files.list(into)) {
            return folders.findFirst().orElseThrow().toAbsolutePath();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
