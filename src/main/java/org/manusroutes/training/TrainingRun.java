package org.manusroutes.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.manusroutes.Main;
import org.manusroutes.cli.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * The start that {@code bin/train} has the JVM learn from: the receiver with the bundle as shipped and all channels
 * off, a few signed events by the command {@code event send}, and the end. It listens on loopback, on a port that is
 * free, and keeps all it writes in a temporary folder: an operator's settings, routes and data are neither read nor
 * touched.
 */
final class TrainingRun {
    private static final List<String> EVENTS = List.of("""
            {"event_id": "1", "event_type": "task_created",
             "task_detail": {"task_id": "t", "task_title": "Training"}}""", """
            {"event_id": "2", "event_type": "task_progress",
             "progress_detail": {"task_id": "t", "message": "Reading"}}""", """
            {"event_id": "3", "event_type": "task_stopped", "task_detail": {"task_id": "t", "task_title": "Training",
             "message": "Which one?", "stop_reason": "ask"}}""", """
            {"event_id": "4", "event_type": "task_stopped", "task_detail": {"task_id": "t", "task_title": "Training",
             "message": "Done", "stop_reason": "finish", "attachments": []}}""");
    private static final String PUBLIC_URL = "https://training.invalid/webhooks/manus";

    private final Path folder;

    private TrainingRun(Path folder) {
        this.folder = folder;
    }

    /** Ends with 1 when an event was not stored or not processed: what the JVM has learnt is then not worth keeping. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("manus-training");
        try {
            new TrainingRun(folder).run();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void run() throws IOException, GeneralSecurityException, InterruptedException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path privateKey = Files.writeString(folder.resolve("private.pem"), pem("PRIVATE KEY", keys.getPrivate()));
        Path publicKey = Files.writeString(folder.resolve("public.pem"), pem("PUBLIC KEY", keys.getPublic()));
        unpackRoutes();
        try (ConfigurableApplicationContext receiver = SpringApplication.run(Main.class, settings(publicKey))) {
            NotifyBuilder processed = new NotifyBuilder(receiver.getBean(CamelContext.class))
                    .fromRoute("process-event")
                    .whenCompleted(EVENTS.size())
                    .create();
            String url = "http://127.0.0.1:" + receiver.getEnvironment().getProperty("local.server.port");
            for (String event : EVENTS) {
                if (command(
                                Map.of(),
                                "event",
                                "send",
                                "--file=" + Files.writeString(folder.resolve("event.json"), event),
                                "--url=" + url + "/webhooks/manus",
                                "--private-key=" + privateKey,
                                "--public-url=" + PUBLIC_URL)
                        != 0) {
                    throw new IllegalStateException("not taken: " + event);
                }
            }
            // answered with 404, which teaches as much as a list of webhooks
            command(Map.of("manus.api.key", "none", "manus.api.base-url", url), "webhook", "list");
            if (!processed.matches(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the events were not processed within two minutes");
            }
        }
    }

    private String[] settings(Path publicKey) {
        return new String[] {
            // neither ./application.yaml nor ./config, nor what lies beside the jar
            "--spring.config.location=classpath:/",
            "--manus.home=" + folder,
            "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("data")
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
            "--manus.routes.directory=" + folder.resolve("routes"),
            "--manus.webhook.public-url=" + PUBLIC_URL,
            "--manus.webhook.public-key=" + publicKey,
            "--server.address=127.0.0.1",
            "--server.port=0"
        };
    }

    private void unpackRoutes() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        for (Resource route :
                new PathMatchingResourcePatternResolver().getResources("classpath:defaults/routes/*.camel.yaml")) {
            try (InputStream content = route.getInputStream()) {
                Files.copy(content, routes.resolve(String.valueOf(route.getFilename())));
            }
        }
    }

    private static int command(Map<String, Object> settings, String... words) {
        return Commands.run(settings, Commands.console(System.out), Commands.console(System.err), words);
    }

    private static String pem(String type, Key key) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + type + "-----\n";
    }
}
