package org.manusroutes.inbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL that answers and takes nothing: made read-only while events run. */
class RefusingDatabaseIT {
    private final SlackStandIn slack = SlackStandIn.start();
    private final Map<String, Object> database = new HashMap<>(Databases.POSTGRESQL.fresh());
    private final JdbcClient admin = JdbcClient.create(
            new DriverManagerDataSource((String) database.get("spring.datasource.url"), "postgres", ""));
    private RunningApplication application;

    @BeforeEach
    void start() {
        application = RunningApplication.start(
                database, slack.settings(), Map.of("manus.webhook.signature", "off", "manus.inbox.lease", "1m"));
    }

    @AfterEach
    void stop() {
        readOnly(false);
        application.close();
        slack.close();
    }

    @Test
    void postsOnceThoughItIsReadOnlyBetweenSlacksYesAndTheLedgerRow() throws Exception {
        slack.answerNext(1, (taking, exchange, webhook) -> {
            readOnly(true);
            taking.run();
        });
        assertThat(application.post(question("a")).statusCode()).isEqualTo(200);
        Bounded.untilExactly(1, () -> slack.posts().size());
        await().until(() -> application.get("/actuator/health/readiness").contains("read-only"));
        assertThat(application.post(question("b")).statusCode()).isEqualTo(503);
        assertThat(application.get("/actuator/health/liveness")).contains("UP");

        readOnly(false);
        await().until(() -> application.get("/actuator/health/readiness").contains("{\"status\":\"UP\""));
        Bounded.untilExactly(1, () -> application.count("select count(*) from event where state = 'done'"));
        assertThat(application.rows("select messageid from camel_messageprocessed where messageid like 'a/alert%'"))
                .hasSize(1);
        assertThat(slack.requests()).isEqualTo(1);
        assertThat(application.post(question("b")).statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotStartOnADatabaseThatCannotHoldTheTextOfEvents() {
        String name = "latin" + System.nanoTime();
        admin.sql("create database " + name + " encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0")
                .update();
        String url = (String) database.get("spring.datasource.url");
        database.put("spring.datasource.url", url.substring(0, url.lastIndexOf('/') + 1) + name);
        assertThatThrownBy(() -> RunningApplication.start(database))
                .rootCause()
                .hasMessageContaining("its encoding is LATIN1");
    }

    /** For all sessions: those that are open learn of it with their next transaction. */
    private void readOnly(boolean on) {
        String name = admin.sql("select current_database()").query(String.class).single();
        String url = (String) database.get("spring.datasource.url");
        JdbcClient server =
                JdbcClient.create(new DriverManagerDataSource(url.replace("/" + name, "/postgres"), "postgres", ""));
        server.sql("alter database " + name + " set default_transaction_read_only = " + (on ? "on" : "off"))
                .update();
        if (!on) {
            return; // the pool itself has to let go of them
        }
        server.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '" + name + "'")
                .query(Long.class)
                .single();
    }

    private static String question(String id) {
        return "{\"event_id\":\"" + id + "\",\"event_type\":\"task_stopped\",\"task_detail\":{\"task_id\":\"" + id
                + "\",\"task_title\":\"A title\",\"stop_reason\":\"ask\",\"message\":\"Which one?\"}}";
    }
}
