package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.manusroutes.standins.FileServer;
import org.manusroutes.standins.S3StandIn;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The real route file, S3 and the tables: which files have an address then. */
@SpringBootTest(classes = CopyingApplication.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@Timeout(120)
class FileLinksIT {
    private static final FileServer files = FileServer.start();
    private static final S3StandIn s3 = S3StandIn.start();

    private final ProducerTemplate producer;
    private final JdbcClient jdbc;
    private final FileLinks links;

    @Autowired
    FileLinksIT(ProducerTemplate producer, JdbcClient jdbc, FileLinks links) {
        this.producer = producer;
        this.jdbc = jdbc;
        this.links = links;
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        CopyingApplication.settings(files, s3).forEach((key, value) -> registry.add(key, () -> value));
        registry.add("manus.attachments.link-base-url", () -> "https://files.example.com/b/");
    }

    @AfterAll
    static void close() {
        s3.close();
        files.close();
    }

    @Test
    void leadToWhatWasCopiedAndToNothingElse() {
        Exchange failed = CopyingApplication.copy(
                producer,
                "t1",
                "e1",
                List.of(
                        Map.of("file_name", "\u00dcbersicht 1.csv", "url", files.file("a", 70_000)),
                        Map.of("file_name", "evil", "url", "ftp://files.example.com/x"),
                        Map.of("file_name", "b.pdf", "url", files.file("b", 10))));

        assertThat(failed.getException()).isNotNull();
        assertThat(links.of("e1", 1)).isEqualTo("https://files.example.com/b/manus/t1/e1/01-%C3%9Cbersicht_1.csv");
        assertThat(links.of("e1", 2)).isNull();
        assertThat(links.of("e1", 3)).isEqualTo("https://files.example.com/b/manus/t1/e1/03-b.pdf");
    }

    @Test
    void leadToWhatAnotherNodeHadCopied() {
        jdbc.sql("insert into attachment (event_key, position, task_id, file_name, bytes, sha256, bucket, object_key)"
                        + " values ('e2', 1, 't2', 'a.txt', 1, 'x', 'b', 'manus/t2/e2/01-a.txt')")
                .update();

        CopyingApplication.copy(
                producer,
                "t2",
                "e2",
                List.of(
                        Map.of("file_name", "a.txt", "url", files.file("c", 1)),
                        Map.of("file_name", "evil", "url", "ftp://files.example.com/x")));

        assertThat(links.of("e2", 1)).isEqualTo("https://files.example.com/b/manus/t2/e2/01-a.txt");
        assertThat(links.of("e2", 2)).isNull();
    }
}
