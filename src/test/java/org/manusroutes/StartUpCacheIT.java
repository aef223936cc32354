package org.manusroutes;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the distribution, trained once and called from another folder, as an operator calls them. */
class StartUpCacheIT {
    private static final String EVENT = """
            {"event_id": "1", "event_type": "task_created", "task_detail": {"task_id": "1", "task_title": "A title"}}""";

    @TempDir
    static Path elsewhere;

    private static Distribution distribution;
    private static String training;
    private static List<String> left;

    @BeforeAll
    static void train() throws Exception {
        boolean blanksArePossible = Runtime.version().feature() >= 25;
        distribution = unzip(blanksArePossible ? "a folder" : "folder");
        Path route = distribution.folder().resolve("routes/task-created.camel.yaml");
        Path settings = distribution.folder().resolve("application.yaml");
        Files.copy(route, elsewhere.resolve("route"));
        Files.copy(settings, elsewhere.resolve("settings"));
        Files.writeString(route, "- route: {id: task-created, from: {uri: nothing-that-camel-knows}}");
        Files.writeString(settings, "manus.webhook.signature: neither of the two");
        training = run(distribution, Map.of("MANUS_INBOX_WORKERS", "not a number"), "train");
        Files.move(elsewhere.resolve("route"), route, REPLACE_EXISTING);
        Files.move(elsewhere.resolve("settings"), settings, REPLACE_EXISTING);
        left = List.of(distribution.folder().toFile().list());
    }

    @AfterAll
    static void stop() {
        distribution.close();
    }

    @Test
    void trainsWithoutTheOperatorsSettingsRoutesAndData() {
        assertThat(training).startsWith("0 ").contains("Done: ");
        assertThat(left)
                .containsExactlyInAnyOrder(
                        "CHANGELOG.md",
                        "LICENSE",
                        "README.md",
                        "app",
                        "application.yaml",
                        "bin",
                        "manus-webhook-routes.jar",
                        "routes");
        assertThat(distribution.folder().resolve("app").toFile().list()).hasSize(1);
    }

    @Test
    void startsWithWhatTheJvmLearntAndTakesAnEventByACommand() throws Exception {
        Process receiver = start(
                distribution,
                Map.of(
                        "SERVER_PORT",
                        String.valueOf(distribution.port()),
                        "MANUS_WEBHOOK_SIGNATURE",
                        "off",
                        "JAVA_OPTS",
                        "-Xmx200m -Xlog:class+load:file=classes.txt"),
                elsewhere.resolve("receiver.txt"),
                "manus-webhook-routes");
        try {
            Files.writeString(elsewhere.resolve("event.json"), EVENT);
            String[] send = {"event", "send", "--file", "event.json", "--url", String.valueOf(distribution.webhook())};
            await().atMost(Duration.ofMinutes(3))
                    .ignoreExceptions() // it does not listen yet
                    .until(() -> distribution.get("/actuator/health/readiness").contains("UP"));
            assertThat(run(distribution, Map.of(), "manus-webhook-routes", send))
                    .startsWith("0 200 {\"status\":\"received\"");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> distribution
                            .get("/actuator/prometheus")
                            .contains("manus_event_seconds_count{event_type=\"task_created\",outcome=\"done\"} 1"));
        } finally {
            receiver.destroy();
        }
        assertThat(receiver.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(distribution.folder().resolve("classes.txt")))
                .containsPattern("org\\.manusroutes\\.Main source: shared objects file");
        assertThat(distribution.folder().resolve("data/manus.mv.db")).exists();
    }

    @Test
    void startsWithoutForAnotherJarAndAnotherJavaAndSaysSo() throws Exception {
        Path jar = distribution.folder().resolve("manus-webhook-routes.jar");
        Path kept = Files.copy(jar, elsewhere.resolve("kept.jar"));
        try (FileSystem contents = FileSystems.newFileSystem(jar)) {
            Files.writeString(contents.getPath("another-version"), "");
        }
        assertThat(version(distribution)).contains("trained for another version of the jar");
        Files.delete(jar);
        Files.copy(kept, jar);
        assertThat(version(distribution)).doesNotContain("trained");

        File[] caches = distribution
                .folder()
                .resolve("app")
                .toFile()
                .listFiles()[0]
                .listFiles(file -> file.getName().startsWith("cache-"));
        assertThat(caches).hasSize(1);
        File ofAnotherJava = new File(caches[0].getParent(), "cache-0.aot");
        assertThat(caches[0].renameTo(ofAnotherJava)).isTrue();
        assertThat(version(distribution)).contains("trained with another Java");
        assertThat(ofAnotherJava.renameTo(caches[0])).isTrue();
    }

    @Test
    void runsUntrainedWithTheJarsInLib() throws Exception {
        Distribution untrained = unzip("not trained");
        Files.delete(untrained.folder().resolve("application.yaml"));
        Path lib = Files.createDirectory(untrained.folder().resolve("lib"));
        try (FileSystem jar = FileSystems.newFileSystem(
                URI.create("jar:" + lib.resolve("extra.jar").toUri()), Map.of("create", "true"))) {
            Files.createDirectory(jar.getPath("defaults"));
            Files.writeString(jar.getPath("defaults/application.yaml"), "manus.api.base-url: no URL at all");
        }
        assertThat(run(untrained, Map.of("MANUS_API_KEY", "k"), "manus-webhook-routes", "webhook", "list"))
                .startsWith("1 ")
                .contains("no URL at all");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_24)
    void unpacksOnlyWhereTheJvmCannotUseWhatItLearnt() throws Exception {
        Distribution withABlank = unzip("a folder");
        assertThat(run(withABlank, Map.of(), "train")).startsWith("0 ").contains("has a blank");
        assertThat(version(withABlank)).doesNotContain("trained");
    }

    @Test
    void hasScriptsThatMayBeRun() throws IOException {
        try (Stream<Path> target = Files.list(Path.of("target"))) {
            Path zip = target.filter(file -> file.toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow();
            try (FileSystem contents = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
                Path top = contents.getPath("/")
                        .resolve(distribution.folder().getFileName().toString());
                for (String script : List.of("bin/train", "bin/manus-webhook-routes")) {
                    assertThat(Files.getPosixFilePermissions(top.resolve(script)))
                            .contains(PosixFilePermission.OTHERS_EXECUTE);
                }
            }
        }
    }

    private static Distribution unzip(String folder) throws IOException {
        return Distribution.unzip(Files.createDirectory(elsewhere.resolve(folder)));
    }

    /** What it says when all is well and it starts at all: the version, and nothing before it. */
    private static String version(Distribution distribution) throws Exception {
        String said = run(distribution, Map.of(), "manus-webhook-routes", "--version");
        assertThat(said).startsWith("0 ").contains("manus-webhook-routes 0.");
        return said;
    }

    /** Runs a script to its end; its exit code and what it printed. */
    private static String run(
            Distribution distribution, Map<String, String> environment, String script, String... arguments)
            throws Exception {
        Path output = Files.createTempFile(elsewhere, script, ".txt");
        Process process = start(distribution, environment, output, script, arguments);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return process.waitFor() + " " + Files.readString(output);
    }

    private static Process start(
            Distribution distribution, Map<String, String> environment, Path output, String script, String... arguments)
            throws IOException {
        String path = distribution.folder().resolve("bin").resolve(script).toString();
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("sh", path), Stream.of(arguments))
                        .toList())
                .directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
