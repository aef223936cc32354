package org.manusroutes.inbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

class UnusableDatabaseAnalyzerTests {
    @ParameterizedTest
    @CsvSource({
        "28P01, password authentication failed, spring.datasource.password",
        "3D000, no such database, Create the database",
        "42501, permission denied for schema public, GRANT CREATE",
        "25006, cannot execute CREATE TABLE, targetServerType=primary",
        "53300, too many clients, 24 for each node",
        "22P05, its encoding is LATIN1, createdb -E UTF8",
        "08001, Could not open SSL root certificate file /x/root.crt, sslrootcert",
        "08001, Connection refused, Check that the server runs"
    })
    void saysInTwoSentencesWhatToDo(String state, String message, String advice) {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:postgresql://manus:s3cret@db/manus?password=s3cret");
        FailureAnalysis analysis = new UnusableDatabaseAnalyzer(environment)
                .analyze(new IllegalStateException(new SQLException(message + "\n  at some place", state)));
        assertThat(analysis.getDescription())
                .contains("The database jdbc:postgresql://***@db/manus?password=*** cannot be used: " + message)
                .doesNotContain("\n", "s3cret");
        assertThat(analysis.getAction()).contains(advice);
    }
}
