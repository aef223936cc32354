package org.manusroutes.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.HeldPort;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.utils.KafkaTestUtils;

/** {@code finished-tasks-to-kafka} in the unzipped distribution, with a real Kafka that goes away, and under edits. */
class KafkaRecipeIT {
    /** More by hand: -Dedits=200. */
    private static final int EDITS = Integer.getInteger("edits", 12);

    private static final Map<String, String> ROUTES =
            Map.of("each-second.camel.yaml", """
            - beans:
                - name: warehouse
                  type: com.zaxxer.hikari.HikariDataSource
                  properties:
                    jdbcUrl: jdbc:h2:mem:warehouse
                    maximumPoolSize: 3
            - route:
                id: each-second
                description: Ask the second database
                routeConfigurationId: error-handling
                from:
                  uri: quartz
                  parameters:
                    cron: "* * * * * ?"
                    groupName: acme
                    triggerName: each-second
                  steps:
                    - to:
                        uri: sql
                        parameters:
                          dataSource: "#warehouse"
                          noop: true
                          query: select 1
                    - log:
                        message: The cron ran
            """, "read-kafka.camel.yaml", """
            - route:
                id: read-kafka
                description: Read a topic
                routeConfigurationId: error-handling
                from:
                  uri: kafka
                  parameters:
                    brokers: "{{acme.kafka.brokers}}"
                    topic: manus-events
                    autoOffsetReset: earliest
                  steps:
                    - log:
                        message: Kafka said ${body}
            """);

    @TempDir
    private Path folder;

    @Test
    void sendsFinishedTasksAlsoWhenKafkaIsAwayAtTheStart() throws Exception {
        try (HeldPort port = HeldPort.take();
                Recipe recipe = Recipe.follow(
                        folder,
                        "finished-tasks-to-kafka",
                        Map.of("acme.kafka.brokers", "localhost:" + port.number(), "manus.routes.settle", "100ms"),
                        "kafka",
                        "quartz")) {
            recipe.assertSound();
            Duration normal;
            EmbeddedKafkaBroker kafka = kafka(port);
            try {
                normal = recipe.startWithAnEvent("with");
                assertThat(received(kafka).key()).isEqualTo("with");
                leavesNothingBehindWhenItIsEdited(recipe);
            } finally {
                kafka.destroy();
            }
            recipe.stop();

            assertThat(recipe.startWithAnEvent("without"))
                    .isLessThan(normal.multipliedBy(2).plusSeconds(5));
            EmbeddedKafkaBroker again = kafka(port);
            try {
                assertThat(received(again))
                        .extracting(
                                ConsumerRecord::key, record -> record.value().contains("\"message\":\"Done.\""))
                        .containsExactly("without", true);
            } finally {
                again.destroy();
            }
        }
    }

    /** A second database, a cron and a reader of Kafka, added and removed time and again. */
    private static void leavesNothingBehindWhenItIsEdited(Recipe recipe) throws Exception {
        Files.writeString(
                recipe.routes().resolve("each-second.camel.yaml"),
                ROUTES.get("each-second.camel.yaml").replace("        groupName: acme\n", ""));
        await().until(() -> recipe.health().contains("'quartz' needs the option 'groupName' too"));
        int version = edit(recipe, 1, true);
        recipe.awaitSaid("The cron ran");
        recipe.awaitSaid("Kafka said {");
        version = edit(recipe, version, false);
        version = edit(recipe, edit(recipe, version, true), false);
        long threads = settled(recipe, "task", 0);
        long open = settled(recipe, "fd", 0);
        for (int i = 0; i < EDITS / 2; i++) {
            version = edit(recipe, edit(recipe, version, true), false);
        }
        // so many come and go: workers, the door's threads, the connections of a pool
        long threadsThen = settled(recipe, "task", threads + 8);
        long openThen = settled(recipe, "fd", open + 8);
        System.out.println(EDITS + " edits: threads " + threads + " -> " + threadsThen + ", open files and sockets "
                + open + " -> " + openThen);
        assertThat(threadsThen).as(() -> threads(recipe)).isLessThanOrEqualTo(threads + 8);
        assertThat(openThen).isLessThanOrEqualTo(open + 8);
    }

    private static EmbeddedKafkaBroker kafka(HeldPort port) {
        EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1, "manus-events")
                .brokerProperty("listeners", "EXTERNAL://localhost:" + port.number() + ",CONTROLLER://localhost:0");
        kafka.afterPropertiesSet();
        return kafka;
    }

    /** The one record that comes within a minute. */
    private static ConsumerRecord<String, String> received(EmbeddedKafkaBroker kafka) {
        Map<String, Object> settings = KafkaTestUtils.consumerProps("test", "true", kafka);
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            kafka.consumeFromAnEmbeddedTopic(consumer, "manus-events");
            return KafkaTestUtils.getSingleRecord(consumer, "manus-events", Duration.ofMinutes(1));
        }
    }

    private static int edit(Recipe recipe, int version, boolean added) throws IOException {
        for (Map.Entry<String, String> route : ROUTES.entrySet()) {
            Path file = recipe.routes().resolve(route.getKey());
            if (added) {
                Files.writeString(file, route.getValue());
            } else {
                Files.delete(file);
            }
        }
        await().until(() -> recipe.health().contains("\"version\":" + (version + 1)));
        return version + 1;
    }

    /** The least of ten seconds; or as soon as there are no more than enough, for a version takes its time to end. */
    private static long settled(Recipe recipe, String kind, long enough) throws Exception {
        long least = count(recipe, kind);
        for (int i = 0; i < (enough == 0 ? 10 : 120) && least > enough; i++) {
            Thread.sleep(1000);
            least = Math.min(least, count(recipe, kind));
        }
        return least;
    }

    /** How many of which name, without their numbers. */
    private static String threads(Recipe recipe) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(recipe.pid()), "task"))) {
            return tasks.map(task -> {
                        try {
                            return Files.readString(task.resolve("comm")).replaceAll("\\d+|\\s", "");
                        } catch (IOException ended) {
                            return "ended";
                        }
                    })
                    .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
                    .toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static long count(Recipe recipe, String kind) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", String.valueOf(recipe.pid()), kind))) {
            return entries.count();
        }
    }
}
