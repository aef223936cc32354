package org.manusroutes.attachments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.jspecify.annotations.Nullable;
import org.manusroutes.standins.StandIn;
import org.manusroutes.support.Databases;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** As much of the application as the route {@code copy-attachments} needs; the rest in its simplest form. */
@EnableAutoConfiguration
@Import(AttachmentConfiguration.class)
class CopyingApplication {
    static final Path SPOOL = spool();

    static Map<String, Object> settings(StandIn... standIns) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "camel.main.routes-include-pattern",
                "file:routes/error-handling.camel.yaml,file:routes/copy-attachments.camel.yaml",
                "manus.attachments.spool-directory",
                SPOOL.toString()));
        settings.putAll(Databases.H2.fresh());
        for (StandIn standIn : standIns) {
            settings.putAll(standIn.settings());
        }
        return settings;
    }

    /** Sends an event through the route as the inbox does. */
    static Exchange copy(ProducerTemplate producer, String task, String event, List<?> attachments) {
        return producer.send("direct:copy-attachments", exchange -> {
            exchange.setVariable("eventKey", event);
            exchange.setVariable("taskId", task);
            exchange.getMessage()
                    .setBody(Map.of(
                            "event_id", event, "task_detail", Map.of("task_id", task, "attachments", attachments)));
        });
    }

    @Bean
    JdbcMessageIdRepository steps(DataSource dataSource) {
        JdbcMessageIdRepository steps = new JdbcMessageIdRepository(dataSource, "steps");
        steps.setCreateTableIfNotExists(false);
        return steps;
    }

    /** Keeps the first failure. */
    @Bean
    AggregationStrategy collectFailures() {
        return (@Nullable Exchange before, Exchange after) ->
                before != null && before.getException() != null ? before : after;
    }

    @Bean
    FreshUrls taskFiles() {
        return new FreshUrls();
    }

    static List<String> spooled() {
        return List.of(Objects.requireNonNull(SPOOL.toFile().list((spool, name) -> name.endsWith(".part"))));
    }

    private static Path spool() {
        try {
            return Files.createTempDirectory("manus-spool-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Knows the URLs that Manus would give. */
    public static final class FreshUrls {
        private final Map<String, String> urls = new ConcurrentHashMap<>();

        void put(String taskId, String fileName, String url) {
            urls.put(taskId + "/" + fileName, url);
        }

        public String urlOf(String taskId, Attachment file) {
            String url = urls.get(taskId + "/" + file.fileName());
            if (url == null) {
                throw new IllegalStateException("There is no fresh URL for " + file.fileName());
            }
            return url;
        }
    }
}
