package org.manusroutes.inbox.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;

/** Whether the database can be connected to, is new enough, and holds the tables of this version. */
public final class DatabaseCheck implements Check {
    /** For {@code merge}, in record-task. */
    private static final int OLDEST_POSTGRESQL = 15;

    private static final Pattern VERSION = Pattern.compile("V(\\d+)__.*");
    private static final String TABLES =
            "select table_name from information_schema.tables" + " where lower(table_name) = 'flyway_schema_history'";
    private static final String FAILED =
            "select version from flyway_schema_history where not success and version is not null";
    private static final String NEWEST = "select max(cast(version as integer)) from flyway_schema_history"
            + " where success and version is not null";
    private static final String WRONG_LOGIN = "28";

    private final DataSource source;
    private final String called;
    private final Function<DataAccessException, String> words;

    /**
     * A check of this database.
     *
     * @param called how messages name it
     * @param words what a failure to connect means
     */
    public DatabaseCheck(DataSource source, String called, Function<DataAccessException, String> words) {
        this.source = source;
        this.called = called;
        this.words = words;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public String waitsFor() {
        return called + " (spring.datasource.url)";
    }

    @Override
    public List<Finding> run() throws Exception {
        try (Connection connection = source.getConnection()) {
            return List.of(look(connection));
        } catch (SQLException e) {
            return List.of(notConnected(e));
        }
    }

    private Finding look(Connection connection) throws SQLException, IOException {
        String product = connection.getMetaData().getDatabaseProductName();
        String version = product + " " + connection.getMetaData().getDatabaseProductVersion();
        if (product.equals("PostgreSQL") && connection.getMetaData().getDatabaseMajorVersion() < OLDEST_POSTGRESQL) {
            return Finding.fail(
                    name(),
                    called + " is " + version,
                    "use PostgreSQL " + OLDEST_POSTGRESQL + " or newer (spring.datasource.url)");
        }
        JdbcClient jdbc = JdbcClient.create(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
        if (jdbc.sql(TABLES).query(String.class).list().isEmpty()) {
            return Finding.warn(
                    name(), called + " (" + version + ") has no tables yet", "start the server, which makes them");
        }
        List<String> failed = jdbc.sql(FAILED).query(String.class).list();
        if (!failed.isEmpty()) {
            return Finding.fail(
                    name(),
                    called + ": the migration " + String.join(", ", failed) + " has failed",
                    "look at the log of the server that tried it (spring.datasource.url)");
        }
        int made =
                Objects.requireNonNullElse(jdbc.sql(NEWEST).query(Integer.class).single(), 0);
        int ours = newest().orElse(made);
        if (made < ours) {
            return Finding.warn(
                    name(),
                    called + " (" + version + ") is migrated to " + made + ", this version needs " + ours,
                    "start the server of this version, which does it");
        }
        return made > ours
                ? Finding.warn(
                        name(),
                        called + " (" + version + ") is migrated to " + made + ", this version knows " + ours,
                        "run the commands of the server's version")
                : Finding.ok(name(), called + ", " + version + ", migrated to " + made);
    }

    private Finding notConnected(SQLException failure) {
        if (String.valueOf(failure.getSQLState()).startsWith(WRONG_LOGIN)) {
            return Finding.fail(
                    name(),
                    called + " refuses the login",
                    "correct spring.datasource.username and spring.datasource.password");
        }
        if (failure.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1) {
            return Finding.warn(
                    name(),
                    called + " is not there yet",
                    "start the server, which makes it; if it runs, run doctor in its folder and with its settings");
        }
        DataAccessException translated = Objects.requireNonNull(
                new SQLErrorCodeSQLExceptionTranslator(failure.getClass().getName())
                        .translate("connect", null, failure),
                "the fallback translates everything");
        return Finding.fail(
                name(), words.apply(translated), "correct spring.datasource.url, or start the database server");
    }

    /** The newest migration that this version brings along. */
    private static OptionalInt newest() throws IOException {
        Resource[] scripts =
                new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/common/*.sql");
        return Arrays.stream(scripts)
                .map(Resource::getFilename)
                .flatMap(Stream::ofNullable)
                .map(VERSION::matcher)
                .filter(Matcher::matches)
                .mapToInt(script -> Integer.parseInt(script.group(1)))
                .max();
    }
}
