package org.manusroutes.bundle.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeanSqlComponentTests {
    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        JdbcDataSource memory = new JdbcDataSource();
        memory.setURL("jdbc:h2:mem:;DATABASE_TO_LOWER=TRUE");
        LeanSqlComponent component = new LeanSqlComponent();
        component.setDataSource(memory);
        camel.addComponent("sql", component);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    /** 0 has Camel ask the database for each exchange. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into task (task_id) values (:#taskId) on conflict do nothing | 1",
                "update task set title = coalesce(:#title, title), url = :#url where task_id = :#taskId | 3",
                "select '?', \"a\" from task where title = :#title | 1",
                "select * from task where title = '#' | 0",
                "select * from task where task_id in (:#in:ids) | 0",
                "select * from task where task_id = :#${variable.taskId} | 0",
            })
    void countsTheParametersOfAFixedStatement(String query, int count) {
        assertThat(endpoint(query).getParametersCount()).isEqualTo(count);
    }

    @Test
    void fillsThemAllTheSame() {
        for (String query : List.of(
                "select cast(:#a as int) + cast(:#b as int) as n from (values 1)",
                "select cast(:#${body[a]} as int) + cast(:#b as int) as n from (values 1)",
                "select count(*) + 2 as n from (values 1) as t (x) where x in (:#in:list)")) {
            for (int round = 0; round < 2; round++) {
                Object rows = camel.createProducerTemplate()
                        .requestBody(endpoint(query), Map.of("a", 1, "b", 2, "list", List.of(1, 2)));
                assertThat(rows)
                        .as(query)
                        .asList()
                        .hasSize(1)
                        .first()
                        .asString()
                        .matches("\\{n=3}");
            }
        }
    }

    private SqlEndpoint endpoint(String query) {
        return (SqlEndpoint) camel.getEndpoint("sql", Map.of("query", query));
    }
}
