package org.manusroutes.bundle.camel;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.component.sql.SqlEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * Camel's SQL component, less the work that Camel 4.18 does anew for each exchange: it asks the database how many
 * parameters a statement has (a round trip, more than half of all), and looks for the names in its text.
 */
@Component("sql-component")
@Scope(BeanDefinition.SCOPE_PROTOTYPE) // one for each Camel context
final class LeanSqlComponent extends SqlComponent {
    private static final Pattern LITERAL = Pattern.compile("'[^']*'");

    private final Remembering strategy = new Remembering();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Endpoint endpoint = super.createEndpoint(uri, remaining, parameters);
        if (endpoint instanceof SqlEndpoint sql
                && !parameters.containsKey("prepareStatementStrategy")
                && sql.getParametersCount() == 0
                && isFixed(sql.getQuery())) {
            sql.setPrepareStatementStrategy(strategy);
            String query = strategy.prepareQuery(sql.getQuery(), true, null);
            long marks = LITERAL.matcher(query)
                    .replaceAll("")
                    .chars()
                    .filter(c -> c == '?')
                    .count();
            sql.setParametersCount((int) marks);
        }
        return endpoint;
    }

    /** Whether the statement's text is the same for every exchange; Camel has made each {@code #} a {@code ?} here. */
    private static boolean isFixed(String query) {
        return !query.contains(":?in:") && !query.contains("{");
    }

    private static final class Remembering extends DefaultSqlPrepareStatementStrategy {
        private final Map<String, String> prepared = new ConcurrentHashMap<>();

        @Override
        public String prepareQuery(String query, boolean named, @Nullable Exchange exchange) throws SQLException {
            if (!named || !isFixed(query)) {
                return super.prepareQuery(query, named, exchange);
            }
            String known = prepared.get(query);
            if (known == null) {
                known = super.prepareQuery(query, true, exchange);
                prepared.put(query, known);
            }
            return known;
        }
    }
}
