package org.manusroutes.inbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.env.MockEnvironment;

/** A database that somebody else uses already. */
class OccupiedSchemaIT {
    private final Map<String, Object> settings = new HashMap<>(Databases.POSTGRESQL.fresh());
    private final String url = (String) settings.get("spring.datasource.url");
    private final JdbcClient database = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));

    @Test
    void isLeftAloneAndTakenWithASchemaOfItsOwn() throws Exception {
        database.sql("create table event (other integer)").update();
        Throwable failure = catchThrowable(
                () -> RunningApplication.start(settings, Map.of()).close());
        FailureAnalysis analysis = new OccupiedSchemaAnalyzer(
                        new MockEnvironment().withProperty("spring.datasource.url", url))
                .analyze(failure);
        assertThat(analysis.getDescription()).contains("holds tables already");
        assertThat(analysis.getAction()).contains("CREATE SCHEMA manus", "currentSchema=manus");

        database.sql("create schema manus").update();
        settings.put("spring.datasource.url", url + (url.contains("?") ? "&" : "?") + "currentSchema=manus");
        try (RunningApplication application =
                RunningApplication.start(settings, Map.of("manus.webhook.signature", "off"))) {
            assertThat(application
                            .post("{\"event_id\": \"e\", \"event_type\": \"task_created\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(database.sql("select count(*) from manus.event")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
            assertThat(database.sql("select count(*) from event")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }
}
