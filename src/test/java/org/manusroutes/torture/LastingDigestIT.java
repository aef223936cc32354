package org.manusroutes.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.manusroutes.support.Databases;
import org.manusroutes.support.Distribution;
import org.manusroutes.support.DistributionTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What {@code #aggregations} holds: over an edit, a kill -9 and another node, each event in exactly one digest. */
class LastingDigestIT extends DistributionTest {
    private final Map<String, Object> settings = new HashMap<>(Databases.POSTGRESQL.fresh());
    private final JdbcClient database = JdbcClient.create(
            new DriverManagerDataSource((String) settings.get("spring.datasource.url"), "postgres", ""));

    @Test
    void losesNothingByAnEditAKillAndAnotherNode() throws Exception {
        settings.put("manus.webhook.signature", "off");
        settings.put("manus.inbox.lease", "3s");
        Distribution one = distribution;
        try (Distribution two = Distribution.trained(Files.createDirectory(folder.resolve("two")))) {
            digest(one, "First");
            digest(two, "First");
            one.start(settings).awaitReady();
            database.sql("create table digest (digest varchar(255), event varchar(255), primary key (digest, event))")
                    .update();
            post(one, 0, 4);
            await().until(() -> done() == 4);

            digest(one, "Second");
            await().until(() -> one.get("/actuator/health").contains("\"version\":2"));
            post(one, 4, 7);
            two.start(settings).awaitReady();
            await().until(() -> done() == 7);
            one.kill();
            post(two, 7, 10);
            await().until(() -> done() == 10);

            await().until(() -> count("select count(*) from digest") >= 10
                    && count("select count(*) from aggregation") == 0
                    && count("select count(*) from aggregation_completed") == 0);
            assertThat(database.sql("select event from digest order by event")
                            .query(String.class)
                            .list())
                    .containsExactly("e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9");
        }
    }

    private static void digest(Distribution node, String description) throws IOException {
        Path route = node.folder().resolve("routes/unknown-event.camel.yaml");
        Files.writeString(route, """
                - route:
                    id: unknown-event
                    description: %s
                    routeConfigurationId: error-handling
                    from:
                      uri: direct
                      parameters:
                        name: unknown-event
                      steps:
                        - aggregate:
                            id: all-of-a-while
                            aggregationRepository: "#aggregations"
                            aggregationStrategy: "#collectEvents"
                            completionInterval: 12000
                            correlationExpression:
                              constant:
                                expression: all
                            steps:
                              - split:
                                  expression:
                                    simple:
                                      expression: ${body}
                                  steps:
                                    - to:
                                        uri: sql
                                        parameters:
                                          dataSource: "#dataSource"
                                          query: >-
                                            insert into digest values (:#${variable.eventKey}, :#${body[event_id]})
                                            on conflict do nothing
                """.formatted(description));
    }

    private static void post(Distribution node, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            assertThat(node.post("{\"event_id\": \"e%d\", \"event_type\": \"something_new\"}".formatted(i))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private long done() {
        return count("select count(*) from event where state = 'done'");
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
