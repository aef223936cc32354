package org.manusroutes.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
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
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Distribution;
import org.manusroutes.support.DistributionZip;
import org.manusroutes.support.SmallJar;
import org.manusroutes.support.TrainedDistribution;

/**
 * The scripts of the distribution, trained and then moved, and called from another folder, as an operator calls them.
 */
class StartUpCacheIT {
    private static final String EVENT = """
            {"event_id": "1", "event_type": "task_created", "task_detail": {"task_id": "1", "task_title": "A title"}}""";

    @TempDir
    static Path elsewhere;

    private static Distribution distribution;

    @BeforeAll
    static void train() throws IOException {
        distribution = Distribution.trained(Files.createDirectory(elsewhere.resolve("moved")));
    }

    @AfterAll
    static void stop() {
        distribution.close();
    }

    @Test
    void trainsWithoutTheOperatorsSettingsRoutesAndData() {
        assertThat(TrainedDistribution.get().said()).startsWith("0 ").contains("Done: ");
        assertThat(TrainedDistribution.get().left())
                .containsExactlyInAnyOrder(
                        "CHANGELOG.md",
                        "CONTRIBUTING.md",
                        "LICENSE",
                        "README.md",
                        "SECURITY.md",
                        "UPGRADING.md",
                        "app",
                        "application.yaml",
                        "bin",
                        "deploy",
                        "docs",
                        "manus-webhook-routes.jar",
                        "routes");
        assertThat(TrainedDistribution.get().app().toFile().list()).hasSize(1);
    }

    @Test
    void startsWithWhatTheJvmLearntAlsoWithJarsInLibAndTakesAnEventByACommand() throws Exception {
        SmallJar.write(
                Files.createDirectory(distribution.folder().resolve("lib")).resolve("acme.jar"),
                "com.acme.Later",
                "package com.acme; public class Later {}");
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
            await().ignoreExceptions() // it does not listen yet
                    .until(() -> distribution.get("/actuator/health/readiness").contains("UP"));
            assertThat(run(distribution, Map.of(), "manus-webhook-routes", send))
                    .startsWith("0 200 {\"status\":\"received\"");
            await().until(() -> distribution
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

        Distribution elsewhereTrained = unzip("trained with another Java");
        try (Stream<Path> learnt = Files.list(TrainedDistribution.get().app())) {
            Path ofThisJar = learnt.findFirst().orElseThrow();
            Path own = Files.createDirectories(
                    elsewhereTrained.folder().resolve("app").resolve(ofThisJar.getFileName()));
            Files.createFile(own.resolve("cache-0.aot"));
            Files.createSymbolicLink(own.resolve("lib"), ofThisJar.resolve("lib"));
            Files.createSymbolicLink(
                    own.resolve("manus-webhook-routes.jar"), ofThisJar.resolve("manus-webhook-routes.jar"));
        }
        assertThat(version(elsewhereTrained)).contains("trained with another Java");
    }

    @Test
    void runsUntrainedWithTheJarsInLib() throws Exception {
        Distribution untrained = unzip("not trained");
        Files.delete(untrained.folder().resolve("application.yaml"));
        Path lib = Files.createDirectory(untrained.folder().resolve("lib"));
        try (FileSystem jar = FileSystems.newFileSystem(
                URI.create("jar:" + lib.resolve("extra.jar").toUri()), Map.of("create", "true"))) {
            Files.writeString(jar.getPath("application-extra.yaml"), "manus.api.base-url: no URL at all");
        }
        assertThat(run(
                        untrained,
                        Map.of("MANUS_API_KEY", "k", "SPRING_PROFILES_ACTIVE", "extra"),
                        "manus-webhook-routes",
                        "webhook",
                        "list"))
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
        try (FileSystem contents =
                FileSystems.newFileSystem(DistributionZip.file(), Map.of("enablePosixFileAttributes", true))) {
            Path top = contents.getPath("/")
                    .resolve(distribution.folder().getFileName().toString());
            for (String script : List.of("bin/train", "bin/manus-webhook-routes")) {
                assertThat(Files.getPosixFilePermissions(top.resolve(script)))
                        .contains(PosixFilePermission.OTHERS_EXECUTE);
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
        return Bounded.end(process) + " " + Files.readString(output);
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
