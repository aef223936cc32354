package org.manusroutes.standins;

import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.utils.UUID;
import org.jspecify.annotations.Nullable;

/** A real Artemis with the queues of the recipes, at a port that it keeps when it is stopped and started again. */
public final class ArtemisBroker implements AutoCloseable {
    private static final long RECEIVE_MILLIS = 60_000;

    private final HeldPort port = HeldPort.take();
    private final Path data;
    private @Nullable EmbeddedActiveMQ running;

    /** @param data what it stores, and finds again after a stop */
    public ArtemisBroker(Path data) {
        this.data = data;
    }

    /** Where it listens, for its own protocol and for AMQP alike. */
    public String authority() {
        return "127.0.0.1:" + port.number();
    }

    public ArtemisBroker start() throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setSecurityEnabled(false)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .addAcceptorConfiguration("all", "tcp://" + authority() + "?protocols=CORE,AMQP");
        for (String queue : new String[] {"manus.events", "manus.tasks", "manus.prompts"}) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue)
                    .setAddress(queue)
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(true));
        }
        running = new EmbeddedActiveMQ().setConfiguration(configuration);
        running.start();
        return this;
    }

    public void stop() throws Exception {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    /** The next message, within a minute; then it is gone from the queue. Null when none comes. */
    public @Nullable ClientMessage receive(String queue) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://" + authority());
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession(true, true, 0)) {
            session.start();
            ClientMessage message = session.createConsumer(queue).receive(RECEIVE_MILLIS);
            if (message != null) {
                message.acknowledge();
            }
            return message;
        }
    }

    /** Puts a text message there, without an id, as a sender may. */
    public void send(String queue, String text) throws Exception {
        send(queue, text, null);
    }

    /** The same, with the id that becomes {@code JMSMessageID}. */
    public void send(String queue, String text, @Nullable UUID id) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://" + authority());
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession();
                ClientProducer producer = session.createProducer(queue)) {
            ClientMessage message = session.createMessage(ClientMessage.TEXT_TYPE, true);
            message.getBodyBuffer().writeNullableSimpleString(SimpleString.of(text));
            message.setUserID(id);
            producer.send(message);
        }
    }

    /** How many wait there. */
    public long waiting(String queue) {
        return running.getActiveMQServer().locateQueue(SimpleString.of(queue)).getMessageCount();
    }

    @Override
    public void close() throws Exception {
        stop();
        port.close();
    }
}
