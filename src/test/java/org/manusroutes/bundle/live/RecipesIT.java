package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.utils.KafkaTestUtils;
import org.springframework.util.FileSystemUtils;

/** Each of {@code routes/recipes} copied into the folder of a running application, and what then happens. */
class RecipesIT {
    @TempDir
    private static Path folder;

    private static final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1, "manus-events");
    private static final List<String> tickets = new CopyOnWriteArrayList<>();
    private static ManusSimulator manus;
    private static S3StandIn s3;
    private static SlackStandIn slack;
    private static MailStandIn mail;
    private static HttpServer ticketSystem;
    private static RunningApplication application;
    private static RecipeFolder recipes;

    @BeforeAll
    static void start() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        kafka.afterPropertiesSet();
        manus = ManusSimulator.start();
        s3 = S3StandIn.start();
        slack = SlackStandIn.start();
        mail = MailStandIn.start();
        ticketSystem = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ticketSystem.createContext("/", exchange -> {
            tickets.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        ticketSystem.start();
        application = RunningApplication.start(
                Databases.POSTGRESQL.fresh(),
                manus.settings(),
                s3.settings(),
                slack.settings(),
                mail.settings(),
                Map.of(
                        "manus.webhook.signature",
                        "off",
                        "manus.routes.directory",
                        folder,
                        "manus.routes.settle",
                        "100ms",
                        "acme.tickets.url",
                        "http://127.0.0.1:" + ticketSystem.getAddress().getPort(),
                        "acme.kafka.brokers",
                        kafka.getBrokersAsString(),
                        "acme.digest.hour",
                        "0",
                        "acme.digest.every",
                        "3s"));
        recipes = new RecipeFolder(folder, application);
        application.update("create table acme_result (event_key varchar(255) primary key, task_id varchar(200),"
                + " title text, answer text, kept_at timestamp with time zone)");
    }

    @AfterAll
    static void stop() {
        application.close();
        ticketSystem.stop(0);
        mail.close();
        slack.close();
        s3.close();
        manus.close();
        kafka.destroy();
    }

    @BeforeEach
    void forget() {
        slack.reset();
        mail.reset();
    }

    @Test
    void areThoseOfThePage() throws IOException {
        try (Stream<Path> folders = Files.list(RecipeFolder.RECIPES)) {
            String page = Files.readString(RecipeFolder.RECIPES.resolve("README.md"));
            List<String> names = folders.filter(Files::isDirectory)
                    .map(example -> example.getFileName().toString())
                    .toList();
            assertThat(names)
                    .hasSize(21)
                    .allSatisfy(name -> assertThat(page).contains("| [" + name + "](" + name + ") |"));
        }
    }

    @Test
    void sendsInvoicesToASecondSlackChannel() throws Exception {
        recipes.use("second-slack-channel");
        process("finish", "Invoice 7");
        process("finish", "A poem");
        assertThat(slack.posts()).extracting(SlackStandIn.Post::channel).containsExactly("#invoices", "#ai-tasks");
    }

    @Test
    void skipsSmallFiles() throws Exception {
        recipes.use("skip-small-files");
        Map<String, Object> event = manus.event("task_stopped")
                .reason("finish")
                .attachment("small.txt", new byte[999])
                .attachment("large.txt", new byte[1000])
                .build();
        recipes.process(event);
        assertThat(application.rows("select file_name, bytes from attachment"))
                .containsExactly(Map.of("file_name", "large.txt", "bytes", 1000L));
    }

    @Test
    void opensATicketForAQuestion() throws Exception {
        recipes.use("ticket-for-a-question");
        process("ask", "Which year?");
        process("finish", "Done");
        assertThat(tickets)
                .singleElement()
                .satisfies(ticket ->
                        assertThat(ticket).contains("\"task_title\":\"Which year?\"", "\"stop_reason\":\"ask\""));
    }

    @Test
    void putsFinishedTasksOnATopic() throws Exception {
        recipes.use("finished-tasks-to-kafka");
        Map<String, Object> event = process("finish", "For others");
        Map<String, Object> settings = KafkaTestUtils.consumerProps("test", "true", kafka);
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            kafka.consumeFromAnEmbeddedTopic(consumer, "manus-events");
            ConsumerRecord<String, String> record = KafkaTestUtils.getSingleRecord(consumer, "manus-events");
            assertThat(new JsonMapper().readTree(record.value())).isEqualTo(new JsonMapper().valueToTree(event));
            assertThat(record.key()).isEqualTo(((Map<?, ?>) event.get("task_detail")).get("task_id"));
            assertThat(record.headers()).isEmpty();
        }
    }

    @Test
    void mailsADigestOnceADay() throws Exception {
        recipes.use("a-table-of-your-own"); // whose mails do not wait, as those of a digest over a time do
        process("finish", "Worth <telling>");
        mail.reset();
        recipes.use("daily-digest");
        await().until(() -> !mail.mails().isEmpty());
        assertThat(mail.mails()).singleElement().satisfies(digest -> {
            assertThat(digest.getSubject()).isEqualTo("[Manus] The last day");
            assertThat(String.valueOf(digest.getContent())).contains(" tasks", "finished  Worth <telling>");
        });
        assertThat(application.count(
                        "select count(*) from camel_messageprocessed where messageid like 'daily-digest/%'"))
                .isEqualTo(1);
    }

    @Test
    void keepsResultsInATableOfYourOwn() throws Exception {
        recipes.use("a-table-of-your-own");
        Map<String, Object> event = process("finish", "Kept");
        assertThat(application.rows("select event_key, title, answer from acme_result"))
                .containsExactly(Map.of("event_key", event.get("event_id"), "title", "Kept", "answer", "All done."));
    }

    @Test
    void tellsOfSeveralTasksAtOnce() throws Exception {
        recipes.use("digest-over-time");
        process("finish", "A <b>");
        process("finish", "\"Q3\", 'it', b) } ${env:HOME}");
        Bounded.untilExactly(2, RecipesIT::told);
        process("finish", "In the next one");
        Bounded.untilExactly(3, RecipesIT::told);
        await().until(() -> slack.posts().size() == mail.mails().size());
        String posts = slack.posts().toString();
        assertThat(posts).contains("A &lt;b&gt;", "it', b) } ${env:HOME}", "In the next one");
        assertThat(application.count("select count(*) from aggregation")).isZero();
    }

    /** How many tasks the mails tell of. */
    private static long told() throws Exception {
        long told = 0;
        for (var one : mail.mails()) {
            told += Long.parseLong(one.getSubject().replaceAll(".*Finished tasks: (\\d+).*", "$1"));
        }
        return told;
    }

    private static Map<String, Object> process(String reason, String title) throws Exception {
        Map<String, Object> event = manus.event("task_stopped")
                .reason(reason)
                .title(title)
                .message("All done.")
                .build();
        recipes.process(event);
        return event;
    }
}
