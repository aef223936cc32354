package org.manusroutes.bundle.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.event.EventVariables;
import org.manusroutes.support.Databases;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** {@code #aggregations} and {@code #collectEvents}: what comes out of the database is what went in. */
class AggregationsIT {
    @ParameterizedTest
    @EnumSource
    void keepTheVariablesAndEachEventOnce(Databases database) throws Exception {
        DataSource source = database.migrated();
        RepositoryPerStep aggregations =
                new AggregationConfiguration().aggregations(source, new DataSourceTransactionManager(source));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .aggregate(constant("all"), new CollectEvents())
                            .aggregationRepository(aggregations.forStep("route/step"))
                            .completionSize(4)
                            .to("mock:out");
                }
            });
            camel.start();
            MockEndpoint out = camel.getEndpoint("mock:out", MockEndpoint.class);
            out.expectedMessageCount(2);
            ProducerTemplate events = camel.createProducerTemplate();
            for (String key : List.of("a", "b", "b", "c", "d", "e", "f", "g")) {
                events.send("direct:in", event -> {
                    event.getMessage().setBody(new HashMap<>(Map.of("event_id", key)));
                    event.setVariable(EventVariables.EVENT_KEY, key);
                    event.setVariable(EventVariables.RECEIVED_AT, Instant.EPOCH);
                    event.setVariable("notPlain", new Object());
                });
            }
            out.assertIsSatisfied();
            Exchange first = out.getExchanges().get(0);
            assertThat(first.getMessage().getBody())
                    .isEqualTo(List.of(Map.of("event_id", "a"), Map.of("event_id", "b"), Map.of("event_id", "c")));
            assertThat(first.getVariable(EventVariables.EVENT_KEY)).isEqualTo("a/collected");
            assertThat(first.getVariable(EventVariables.RECEIVED_AT)).isEqualTo(Instant.EPOCH);
            assertThat(first.getMessage().getHeaders()).doesNotContainKey("manusAggregatedVariables");
            assertThat(out.getExchanges().get(1).getVariable(EventVariables.EVENT_KEY))
                    .isEqualTo("d/collected");
        }
    }
}
