package org.manusroutes.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The two databases that the application runs on; each call gives settings for an empty one of its own. */
public enum Databases {
    H2 {
        @Override
        public Map<String, Object> fresh() {
            return Map.of(
                    "spring.datasource.url",
                    "jdbc:h2:mem:" + UUID.randomUUID()
                            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        }
    },
    POSTGRESQL {
        @Override
        public Map<String, Object> fresh() {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = Server.postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Map.of(
                    "spring.datasource.url",
                    Server.postgres.getJdbcUrl("postgres", name),
                    "spring.datasource.username",
                    "postgres");
        }
    };

    public abstract Map<String, Object> fresh();

    /** One without tables. */
    public DataSource empty() {
        Map<String, Object> settings = fresh();
        return new DriverManagerDataSource(
                (String) settings.get("spring.datasource.url"),
                (String) settings.getOrDefault("spring.datasource.username", "sa"),
                "");
    }

    /** One with all tables, and nothing in them. */
    public DataSource migrated() {
        DataSource source = empty();
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/common", "classpath:db/migration/" + name().toLowerCase(Locale.ROOT))
                .load()
                .migrate();
        return source;
    }

    /** One server for all tests of this JVM, started when the first needs it. */
    private static final class Server {
        static final EmbeddedPostgres postgres = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
