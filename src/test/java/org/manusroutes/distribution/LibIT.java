package org.manusroutes.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.support.BuildRepository;
import org.manusroutes.support.Distribution;
import org.manusroutes.support.SmallJar;

/** The commands for {@code lib/}, from the unzipped distribution; the local repository of the build is the remote one. */
class LibIT {
    private static final String ROUTE = """
            - route:
                id: tell-kafka
                routeConfigurationId: error-handling
                description: Tell others
                from:
                  uri: timer
                  parameters:
                    timerName: tell
                  steps:
                    - to:
                        uri: kafka
                        parameters:
                          brokers: localhost:9
                          topic: tasks
            """;

    @TempDir
    private Path folder;

    private Path home;
    private Path elsewhere;
    private Distribution distribution;
    private FromElsewhere command;

    @BeforeEach
    void unzip() throws IOException {
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        distribution = Distribution.trained(Files.createDirectory(folder.resolve("unzipped")));
        home = distribution.folder();
        command = new FromElsewhere(home, elsewhere);
    }

    @Test
    void addsKafkaFromAnotherFolderAndRemovesItAgain() throws Exception {
        BuildRepository.settings(elsewhere);
        assertThat(command.run("lib", "add", "kafka", "--settings", "settings.xml"))
                .startsWith("0 added org.apache.camel:camel-kafka:4.")
                .contains("5 jars", "after a restart: systemctl restart");

        Path lib = home.resolve("lib");
        assertThat(names(lib))
                .hasSize(6)
                .allMatch(name -> name.matches(
                        "(camel-kafka|kafka-clients|lz4-java|snappy-java|zstd-jni)-[0-9.-]+jar|lock\\.json"));
        assertThat(command.run("lib", "verify")).startsWith("0 no problems");
        assertThat(command.run("lib", "list", "--format", "json"))
                .startsWith("0 [ {")
                .contains("\"needed_by\" : [ \"kafka\" ]")
                .doesNotContain("\"carried\"");
        assertThat(command.run("lib", "export")).contains("<artifactId>zstd-jni</artifactId><version>");
        command.copyRoutes("mine", "tell-kafka.camel.yaml", ROUTE);
        assertThat(command.run("routes", "check", "mine")).startsWith("0 no problems in 21 files");

        assertThat(command.run("lib", "remove", "camel-kafka"))
                .startsWith("0 removed ")
                .contains("5 jars");
        assertThat(lib).doesNotExist();
        assertThat(command.run("routes", "check", "mine")).startsWith("1 ").contains("there is no component 'kafka'");
    }

    @Test
    void refusesWhatItDoesNotFindInOneSentence() throws Exception {
        BuildRepository.settings(elsewhere);
        assertThat(command.runJar("lib", "add", "kafak", "--settings", "settings.xml"))
                .matches("1 Camel 4\\S+ has no camel-kafak \\(did you mean 'kafka'\\?\\)\n");
        assertThat(command.run("lib", "add", "sql")).startsWith("0 ").contains("is in the application already");
        assertThat(command.run("lib", "export", "kafka"))
                .startsWith("0 <project")
                .contains(
                        "<artifactId>camel-kafka</artifactId>\n",
                        "<exclusion><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId></exclusion>");
        assertThat(home.resolve("lib")).doesNotExist();
    }

    @Test
    void namesAJarThatTheApplicationHasInAnotherVersion() throws Exception {
        Path lib = Files.createDirectory(home.resolve("lib"));
        SmallJar.write(lib.resolve("jackson-databind-2.9.0.jar"), "com.acme.Old", """
                package com.acme;
                public class Old {}
                """);
        assertThat(command.run("lib", "list")).contains("not used, as the application has version 2.");
        assertThat(command.run("lib", "verify")).startsWith("1 ").contains("jackson-databind-2.9.0.jar is unknown");
        try (Distribution server = distribution) {
            server.start(Map.of("manus.webhook.signature", "off")).awaitReady();
            assertThat(server.output())
                    .containsOnlyOnce("lib/jackson-databind-2.9.0.jar is not used: the application has")
                    .containsPattern("WARN .*jackson-databind-2.9.0.jar");
        }
    }

    private static List<String> names(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
