package org.manusroutes.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.GetResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rabbitmq} in the unzipped distribution, with a real RabbitMQ. */
class RabbitRecipeIT {
    @TempDir
    private Path folder;

    @Test
    void givesFinishedTasksToAnExchangeAsSoonAsThereIsOne() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(RabbitBroker.PROGRAM)), "needs apt-get install rabbitmq-server");
        try (RabbitBroker broker = RabbitBroker.start(Files.createDirectory(folder.resolve("rabbitmq")));
                Recipe recipe = Recipe.follow(
                        folder,
                        "rabbitmq",
                        Map.of(
                                "acme.rabbitmq.url", "amqp://" + broker.authority(),
                                "acme.rabbitmq.user", "guest",
                                "acme.rabbitmq.password", "guest",
                                "acme.rabbitmq.address", "/exchange/manus/task.finished"),
                        "amqp")) {
            recipe.assertSound();
            recipe.startWithAnEvent("early");
            recipe.awaitSaid("send-to-rabbitmq failed: ");
            broker.declare("manus", "task.finished");
            GetResponse message = await().until(() -> broker.next("task.finished"), next -> next != null);
            assertThat(RabbitBroker.text(message)).contains("\"message\":\"Done.\"", "\"task_id\":\"early\"");
            recipe.awaitDone(1);
            assertThat(broker.next("task.finished")).isNull();
        }
    }
}
