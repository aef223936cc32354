package org.manusroutes.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

/** {@code finished-tasks-to-kafka} in the unzipped distribution, with a real Kafka that goes away. */
class KafkaRecipeIT {
    @TempDir
    private Path folder;

    @Test
    void sendsFinishedTasksAlsoWhenKafkaIsAwayAtTheStart() throws Exception {
        try (HeldPort port = HeldPort.take();
                Recipe recipe = Recipe.follow(
                        folder,
                        "finished-tasks-to-kafka",
                        Map.of("acme.kafka.brokers", "localhost:" + port.number()),
                        "kafka")) {
            recipe.assertSound();
            Duration normal;
            EmbeddedKafkaBroker kafka = kafka(port);
            try {
                normal = recipe.startWithAnEvent("with");
                assertThat(received(kafka).key()).isEqualTo("with");
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
}
