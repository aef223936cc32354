package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.util.FileSystemUtils;

/** Routes that begin by themselves, and steps that hold events: over edits, over nodes. */
class SelfStartingRoutesIT {
    private final Map<String, Object> database = Databases.POSTGRESQL.fresh();
    private final SlackStandIn slack = SlackStandIn.start();

    @TempDir
    private Path folder;

    @BeforeEach
    void shipped() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private RunningApplication start(String node) {
        return RunningApplication.start(
                database,
                slack.settings(),
                Map.of(
                        "manus.webhook.signature", "off",
                        "manus.routes.directory", folder,
                        "acme.node", node));
    }

    private void route(String id, String text) throws IOException {
        Files.writeString(folder.resolve(id + ".camel.yaml"), text);
    }

    @Test
    void runOnOneNodeAtATime() throws Exception {
        try (RunningApplication one = start("one")) {
            one.update("create table tick (node varchar(10), at timestamp with time zone default current_timestamp)");
            route("tick", """
                    - route:
                        id: tick
                        description: Says which node it runs on
                        routeConfigurationId: error-handling
                        routePolicy: "#oneNode"
                        from:
                          uri: timer
                          parameters:
                            timerName: tick
                            period: 200
                          steps:
                            - to:
                                uri: sql
                                parameters:
                                  dataSource: "#dataSource"
                                  query: insert into tick (node) values ('{{acme.node}}')
                    """);
            await().until(() -> one.count("select count(*) from tick") > 0);
            try (RunningApplication two = start("two")) {
                await().until(() -> two.bean(GuardedReload.class).current() != null);
                long before = one.count("select count(*) from tick");
                await().until(() -> one.count("select count(*) from tick") > before + 50);
                assertThat(one.rows("select distinct node from tick")).containsExactly(Map.of("node", "one"));
                one.close();
                await().until(() -> two.count("select count(*) from tick where node = 'two'") > 0);
                assertThat(two.count("""
                        select count(*) from tick a, tick b
                        where a.node = 'one' and b.node = 'two' and b.at < a.at""")).isZero();
            }
        }
    }

    @Test
    void haveAKeyOfTheirOwnSoThatAStepRunsEachTime() throws Exception {
        route("each-second", """
                - route:
                    id: each-second
                    description: An alert a second
                    routeConfigurationId: error-handling
                    from:
                      uri: timer
                      parameters:
                        timerName: each-second
                        repeatCount: 3
                        period: 300
                      steps:
                        - setVariable:
                            name: headline
                            expression:
                              constant:
                                expression: It is time
                        - to:
                            uri: direct
                            parameters:
                              name: alert-slack
                """);
        try (RunningApplication application = start("one")) {
            await().until(() -> slack.posts().size() == 3);
            assertThat(application.rows(
                            "select messageid from camel_messageprocessed where messageid like 'each-second/%'"))
                    .hasSize(3)
                    .allSatisfy(row -> assertThat(String.valueOf(row.get("messageid")))
                            .matches("each-second/\\d{8}T\\d{6}\\.\\d{3}-\\d+/alert-slack"));
        }
    }

    @Test
    void loseNothingOfADigestByAnEditAndAnotherNode() throws Exception {
        digest("First");
        Set<String> sent = new HashSet<>();
        try (RunningApplication one = start("one")) {
            assertThat(one.bean(GuardedReload.class).current()).isNotNull();
            one.update("create table digest (events varchar(2000))");
            for (int i = 0; i < 4; i++) {
                post(one, "a" + i);
            }
            await().until(() -> one.count("select count(*) from event where state = 'done'") == 4);
            digest("Second");
            await().until(() -> one.bean(GuardedReload.class).running().number() == 2);
            post(one, "b0");
            try (RunningApplication two = start("two")) {
                for (int i = 0; i < 5; i++) {
                    post(two, "c" + i);
                }
                await().until(() -> two.count("select count(*) from event where state = 'done'") == 10);
                await().until(() -> two.count("select count(*) from aggregation") == 0
                        && two.count("select count(*) from aggregation_completed") == 0
                        && two.count("select count(*) from digest") > 0);
                List<Map<String, Object>> digests = two.rows("select events from digest");
                digests.forEach(row -> {
                    for (String id : String.valueOf(row.get("events")).split(",")) {
                        assertThat(sent.add(id))
                                .as("%s twice in %s", id, digests)
                                .isTrue();
                    }
                });
                assertThat(sent).hasSize(10);
            }
        }
    }

    private void digest(String description) throws IOException {
        route("unknown-event", """
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
                            completionInterval: 8000
                            correlationExpression:
                              constant:
                                expression: all
                            steps:
                              - setVariable:
                                  name: ids
                                  expression:
                                    method:
                                      beanType: org.manusroutes.bundle.live.SelfStartingRoutesIT$Ids
                                      method: of(${body})
                              - to:
                                  uri: sql
                                  parameters:
                                    dataSource: "#dataSource"
                                    query: insert into digest (events) values (:#${variable.ids})
                """.formatted(description));
    }

    /** The ids of the events of a digest. */
    public static final class Ids {
        private Ids() {}

        public static String of(List<Map<String, Object>> events) {
            return String.join(
                    ",",
                    events.stream()
                            .map(event -> String.valueOf(event.get("event_id")))
                            .toList());
        }
    }

    private static void post(RunningApplication application, String id) throws Exception {
        assertThat(application
                        .post("{\"event_id\": \"%s\", \"event_type\": \"something_new\"}".formatted(id))
                        .statusCode())
                .isEqualTo(200);
    }
}
