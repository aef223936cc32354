package org.manusroutes.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.ArtemisBroker;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Bounded;

/** {@code jms-on-artemis} and {@code amqp} in the unzipped distribution, with a real Artemis that goes away. */
class BrokerRecipesIT {
    @TempDir
    private Path folder;

    private ArtemisBroker broker;
    private SlackStandIn slack;

    @BeforeEach
    void start() throws Exception {
        broker = new ArtemisBroker(folder.resolve("broker")).start();
        slack = SlackStandIn.start();
    }

    @AfterEach
    void stop() throws Exception {
        slack.close();
        broker.close();
    }

    @Test
    void sendsAndReadsByJmsAlsoWhenArtemisIsAwayAtTheStart() throws Exception {
        try (Recipe recipe = Recipe.follow(
                folder,
                "jms-on-artemis",
                settings("acme.artemis", "tcp://"),
                "jms",
                "org.apache.activemq:artemis-jakarta-client")) {
            Duration normal = sendsFinishedTasks(recipe);
            broker.send("manus.tasks", "Find a <name>");
            recipe.awaitSaid("From manus.tasks: Find a <name>");
            Bounded.untilExactly(2, () -> slack.posts().size());
            assertThat(slack.posts()).anySatisfy(post -> assertThat(post.text()).contains("Find a &lt;name&gt;"));
            await().until(() -> broker.waiting("manus.tasks") == 0);

            sendsThemWhenTheBrokerIsBack(recipe, normal);
            broker.send("manus.tasks", "Once more");
            recipe.awaitSaid("From manus.tasks: Once more");
            await().untilAsserted(() -> assertThat(slack.posts())
                    .anySatisfy(post -> assertThat(post.text()).contains("Once more")));
        }
    }

    @Test
    void sendsByAmqpAlsoWhenTheBrokerIsAwayAtTheStart() throws Exception {
        try (Recipe recipe = Recipe.follow(folder, "amqp", settings("acme.amqp", "amqp://"), "amqp")) {
            recipe.assertSound();
            broker.stop();
            recipe.startWithAnEvent("without");
            assertThat(recipe.health()).startsWith("{\"status\":\"UP\"");
            broker.start();
            assertReceived("without");
            recipe.finish("with");
            assertReceived("with");
            recipe.awaitDone(2);
            assertThat(broker.waiting("manus.events")).isZero();
        }
    }

    private Map<String, Object> settings(String prefix, String scheme) {
        Map<String, Object> settings = new HashMap<>(slack.settings());
        settings.put(prefix + ".url", scheme + broker.authority());
        settings.put(prefix + ".user", "manus");
        settings.put(prefix + ".password", "secret");
        return settings;
    }

    /** How long the start took. */
    private Duration sendsFinishedTasks(Recipe recipe) throws Exception {
        recipe.assertSound();
        Duration normal = recipe.startWithAnEvent("with");
        assertReceived("with");
        recipe.awaitDone(1);
        return normal;
    }

    private void sendsThemWhenTheBrokerIsBack(Recipe recipe, Duration normal) throws Exception {
        recipe.stop();
        broker.stop();
        assertThat(recipe.startWithAnEvent("without"))
                .isLessThan(normal.multipliedBy(2).plusSeconds(5));
        assertThat(recipe.health()).startsWith("{\"status\":\"UP\"");
        broker.start();
        assertReceived("without");
        recipe.awaitDone(1);
        assertThat(broker.waiting("manus.events")).isZero();
    }

    private void assertReceived(String task) throws Exception {
        ClientMessage message = broker.receive("manus.events");
        assertThat(message).isNotNull();
        assertThat(message.toCore()
                        .getReadOnlyBodyBuffer()
                        .readNullableSimpleString()
                        .toString())
                .contains("\"message\":\"Done.\"", "\"task_id\":\"" + task + "\"");
        assertThat(String.valueOf(message.getGroupID())).isEqualTo(task);
    }
}
