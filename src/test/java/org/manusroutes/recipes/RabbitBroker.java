package org.manusroutes.recipes;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manusroutes.standins.HeldPort;
import org.manusroutes.support.Bounded;

/** The RabbitMQ that is installed on this machine, with AMQP 1.0, in a folder and at ports of its own. */
final class RabbitBroker implements AutoCloseable {
    /** Where Debian's package has it; the one in {@code /usr/sbin} changes the user. */
    static final String PROGRAM = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private final HeldPort port = HeldPort.take();
    private final HeldPort distribution = HeldPort.take();
    private final HeldPort names = HeldPort.take();
    private final Map<String, String> environment;
    private final Process process;
    private final Path log;

    private RabbitBroker(Path folder) throws IOException {
        log = folder.resolve("output.log");
        Files.writeString(folder.resolve("rabbitmq.conf"), "listeners.tcp.1 = 127.0.0.1:" + port.number() + "\n");
        Files.writeString(folder.resolve("enabled_plugins"), "[rabbitmq_amqp1_0].\n");
        environment = Map.of(
                "HOME", folder.toString(),
                "ERL_EPMD_PORT", String.valueOf(names.number()),
                "RABBITMQ_NODENAME", "recipe@localhost",
                "RABBITMQ_DIST_PORT", String.valueOf(distribution.number()),
                "RABBITMQ_MNESIA_BASE", folder.resolve("data").toString(),
                "RABBITMQ_LOGS", "-",
                "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                        folder.resolve("enabled_plugins").toString(),
                "RABBITMQ_PID_FILE", folder.resolve("pid").toString(),
                "RABBITMQ_CONF_ENV_FILE", "/dev/null");
        process = run(PROGRAM);
    }

    static RabbitBroker start(Path folder) throws IOException {
        RabbitBroker broker = new RabbitBroker(folder);
        await().until(() -> {
            if (!broker.process.isAlive()) {
                throw new IllegalStateException("ended while starting:\n" + Files.readString(broker.log));
            }
            return Files.readString(broker.log).contains("Server startup complete");
        });
        return broker;
    }

    private Process run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    String authority() {
        return "127.0.0.1:" + port.number();
    }

    /** A topic exchange with a queue for this routing key, of the same name. */
    void declare(String exchange, String key) throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare(exchange, "topic", true);
            channel.queueDeclare(key, true, false, false, null);
            channel.queueBind(key, exchange, key);
        }
    }

    /** The next message, or null. */
    @Nullable
    GetResponse next(String queue) throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            return channel.basicGet(queue, true);
        }
    }

    private Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port.number());
        return factory.newConnection();
    }

    static String text(GetResponse message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        Bounded.end(process);
        Bounded.end(run("epmd", "-kill")); // the register of names, which it has started and leaves
        port.close();
        distribution.close();
        names.close();
    }
}
