package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.util.FileSystemUtils;

/** Routes that begin by themselves: over nodes, and with the ledger of steps. */
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
}
