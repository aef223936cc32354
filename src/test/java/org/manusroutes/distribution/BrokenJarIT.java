package org.manusroutes.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.manusroutes.support.DistributionTest;

/** A component's jar in {@code lib/} without the jars that it needs: what is easily forgotten. */
class BrokenJarIT extends DistributionTest {
    @Test
    void refusesARouteThatNeedsAMissingClassAndTakesTheNextEdit() throws Exception {
        Path jar = Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(Path::of)
                .filter(file -> file.getFileName().toString().startsWith("camel-kafka-"))
                .findFirst()
                .orElseThrow();
        Files.copy(
                jar, Files.createDirectory(distribution.folder().resolve("lib")).resolve("camel-kafka.jar"));
        distribution.start(Map.of("manus.webhook.signature", "off")).awaitReady();
        Path route = distribution.folder().resolve("routes/tell-kafka.camel.yaml");

        save(route, "kafka", "topic: tasks");
        await().until(() -> health().contains("org.apache.kafka"));
        assertThat(health()).contains("tell-kafka.camel.yaml:11:", "put the jar that has it into lib/");

        save(route, "log", "loggerName: tasks");
        await().until(() -> health().contains("\"version\":2"));
        assertThat(health()).doesNotContain("refused", "\"reload\":");
        assertThat(distribution.command(Map.of(), "routes", "check")).startsWith("0 ");
    }

    private static void save(Path route, String uri, String option) throws IOException {
        Files.writeString(route, """
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
                            uri: %s
                            parameters:
                              %s
                """.formatted(uri, option));
    }

    private String health() throws IOException, InterruptedException {
        return distribution.get("/actuator/health");
    }
}
