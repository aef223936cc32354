package org.manusroutes.bundle.camel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.processor.aggregate.jdbc.ClusteredJdbcAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Bean {@code #aggregations}: what an aggregate step holds lies in the database, for all versions of the bundle and all
 * nodes. It survives an edit and a process that dies.
 */
@Configuration(proxyBeanMethods = false)
class AggregationConfiguration {
    private static final String SCAN = """
            select id from aggregation_completed
            where instance_id = :step and completed_at < current_timestamp - interval '1' minute
            """;

    @Bean("aggregations")
    RepositoryPerStep aggregations(DataSource source, PlatformTransactionManager transactions) {
        return step -> new OfStep(transactions, source, step);
    }

    /** A dry run holds nothing. */
    @Bean("aggregations-dry-run")
    Supplier<AggregationRepository> dryAggregations() {
        return () -> new MemoryAggregationRepository(true) {
            @Override
            public @Nullable Exchange add(CamelContext camel, String key, Exchange exchange) {
                return add(camel, key, get(camel, key), exchange); // whether the step locks optimistically or not
            }
        };
    }

    /**
     * Camel's own repository, in one table with those of the other steps. It keeps bodies and headers; the variables,
     * such as the event's key, travel in a header.
     */
    private static final class OfStep extends ClusteredJdbcAggregationRepository {
        private static final String VARIABLES = "manusAggregatedVariables";

        private final JdbcClient jdbc;
        private final String prefix;

        OfStep(PlatformTransactionManager transactions, DataSource source, String step) {
            super(transactions, "aggregation", source);
            setInstanceId(step);
            setRecoveryByInstance(true);
            setRecoveryInterval(10_000);
            setReturnOldExchange(true);
            setAllowSerializedHeaders(true);
            this.jdbc = JdbcClient.create(source);
            this.prefix = step + '|';
        }

        @Override
        public @Nullable Exchange add(CamelContext camel, String key, Exchange before, Exchange now) {
            return carrying(now, () -> restored(super.add(camel, prefix + key, before, now)));
        }

        @Override
        public @Nullable Exchange add(CamelContext camel, String key, Exchange exchange) {
            return carrying(exchange, () -> restored(super.add(camel, prefix + key, exchange)));
        }

        @Override
        public @Nullable Exchange get(CamelContext camel, String key) {
            return restored(super.get(camel, prefix + key));
        }

        @Override
        public @Nullable Exchange recover(CamelContext camel, String exchangeId) {
            return restored(super.recover(camel, exchangeId));
        }

        @Override
        public void remove(CamelContext camel, String key, Exchange exchange) {
            carrying(exchange, () -> {
                super.remove(camel, prefix + key, exchange);
                return null;
            });
        }

        private static @Nullable Exchange carrying(Exchange exchange, Supplier<@Nullable Exchange> stored) {
            Map<String, Object> variables = new HashMap<>();
            exchange.getVariables().forEach((name, value) -> {
                if (isPlain(value)) {
                    variables.put(name, value);
                }
            });
            exchange.getMessage().setHeader(VARIABLES, variables);
            try {
                return stored.get();
            } finally {
                exchange.getMessage().removeHeader(VARIABLES);
            }
        }

        private static @Nullable Exchange restored(@Nullable Exchange exchange) {
            if (exchange != null && exchange.getMessage().removeHeader(VARIABLES) instanceof Map<?, ?> variables) {
                variables.forEach((name, value) -> exchange.setVariable(String.valueOf(name), value));
            }
            return exchange;
        }

        /** What is read back whatever Camel's filter of classes is. */
        private static boolean isPlain(@Nullable Object value) {
            return value instanceof String
                    || value instanceof Number
                    || value instanceof Boolean
                    || value instanceof Instant
                    || (value instanceof ArrayList<?> list && list.stream().allMatch(String.class::isInstance));
        }

        @Override
        public Set<String> getKeys() {
            return super.getKeys().stream()
                    .filter(key -> key.startsWith(prefix))
                    .map(key -> key.substring(prefix.length()))
                    .collect(Collectors.toSet());
        }

        /** What was completed and has not ended; not at once, for another node may be at it. */
        @Override
        public Set<String> scan(CamelContext camel) {
            return jdbc.sql(SCAN)
                    .param("step", getInstanceId())
                    .query(String.class)
                    .set();
        }
    }
}
