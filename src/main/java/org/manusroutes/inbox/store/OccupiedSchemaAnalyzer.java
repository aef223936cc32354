package org.manusroutes.inbox.store;

import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.manusroutes.text.Secrets;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says what to do with a schema that holds somebody else's tables: ours are not mixed in. */
final class OccupiedSchemaAnalyzer extends AbstractFailureAnalyzer<FlywayException> {
    private final Environment environment;

    OccupiedSchemaAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, FlywayException cause) {
        if (cause.getErrorCode() != CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return null;
        }
        return new FailureAnalysis(
                "The database " + Secrets.masked(environment.getProperty("spring.datasource.url", ""))
                        + " holds tables already, and they are not this application's.",
                "Give it a database of its own, or a schema: CREATE SCHEMA manus; and add currentSchema=manus to"
                        + " spring.datasource.url (SPRING_DATASOURCE_URL).",
                cause);
    }
}
