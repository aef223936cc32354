package org.manusroutes.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.support.Distribution;
import org.manusroutes.support.SmallJar;
import org.manusroutes.support.TrainedDistribution;

/** Jars in {@code lib/}, as {@code java -jar} and the script find them, from the folder of the jar and from others. */
class LibClassPathIT {
    private static final String ROUTE = """
            - route:
                id: shout
                routeConfigurationId: error-handling
                description: Says it loudly
                from:
                  uri: timer
                  parameters:
                    timerName: shout
                    period: "{{acme.period}}"
                  steps:
                    - setVariable:
                        name: said
                        expression:
                          method:
                            beanType: com.acme.Words
                            method: loud('x')
            """;

    @TempDir
    private Path folder;

    private Path home;
    private Path elsewhere;
    private FromElsewhere command;

    @BeforeEach
    void unzip() throws IOException {
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        home = Distribution.unzip(Files.createDirectory(folder.resolve("a folder")), "unused")
                .folder();
        command = new FromElsewhere(home, elsewhere);
        Path lib = Files.createDirectory(home.resolve("lib"));
        SmallJar.write(lib.resolve("acme.jar"), "com.acme.Words", """
                package com.acme;
                public class Words {
                    public String loud(String word) {
                        return word + "!";
                    }
                }
                """);
        SmallJar.write(lib.resolve("a-spring-boot-2.0.0.jar"), "org.springframework.boot.SpringBootVersion", """
                package org.springframework.boot;
                public class SpringBootVersion {
                    public static String getVersion() {
                        return "2.0.0 of lib";
                    }
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-jar", "sh", "trained"})
    void loadsTheApplicationsOwnCopyOfAClassThatLibHasToo(String way) throws Exception {
        if (way.equals("trained")) {
            Files.createSymbolicLink(
                    home.resolve("app"), TrainedDistribution.get().app());
        }
        assertThat(way.equals("-jar") ? command.runJar("--version") : command.run("--version"))
                .startsWith("0 ")
                .contains("manus-webhook-routes 0.", "Spring Boot 3.")
                .doesNotContain("of lib");
    }

    @Test
    void findsTheJarsAndTheSettingsBesideItsOwnJarFromAnyFolder() throws Exception {
        command.copyRoutes("mine", "shout.camel.yaml", ROUTE);
        assertThat(command.runJar("routes", "check", "mine")).startsWith("1 ").contains("acme.period");

        Path settings = home.resolve("application.yaml");
        Files.writeString(settings, Files.readString(settings) + "\nacme:\n  period: 60s\n");
        assertThat(command.runJar("routes", "check", "mine")).startsWith("0 no problems in 21 files");

        Files.writeString(elsewhere.resolve("application.yaml"), "acme:\n  period: no time at all\n");
        assertThat(command.runJar("routes", "check", "mine")).startsWith("1 ").contains("For input string");
    }
}
