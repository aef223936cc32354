package org.manusroutes.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** One PostgreSQL, a process of its own, that commits as production does; each server gets its own database in it. */
final class Postgres implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    Postgres(Path folder) throws IOException {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                // switched on only for the database of the part that reads it
                .setServerConfig("pg_stat_statements.track", "none")
                .start();
    }

    String fresh(String name) {
        String database = name + "_" + databases.incrementAndGet();
        execute("postgres", "create database " + database);
        return database;
    }

    /** A new database with all that is in another one, which nobody may be connected to. */
    String copy(String template, String name) {
        String database = name + "_" + databases.incrementAndGet();
        execute("postgres", "create database " + database + " template " + template);
        return database;
    }

    String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    DataSource dataSource(String database) {
        return server.getDatabase("postgres", database);
    }

    void drop(String database) {
        execute("postgres", "drop database " + database + " with (force)");
    }

    void execute(String database, String... statements) {
        try (Connection connection = dataSource(database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    /** All rows, each as its columns' texts joined by a tab. */
    List<String> rows(String database, String sql) {
        try (Connection connection = dataSource(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(result.getString(i));
                }
                rows.add(String.join("\t", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String database, String sql) {
        return Long.parseLong(rows(database, sql).get(0));
    }

    String setting(String name) {
        return rows("postgres", "show " + name).get(0);
    }

    /** CPU seconds of the postmaster and all that it has started and that still run. */
    double cpuSeconds() {
        return Processes.cpuSeconds(postmaster())
                + ProcessHandle.of(postmaster()).stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToDouble(process -> Processes.cpuSeconds(process.pid()))
                        .sum();
    }

    private long postmaster() {
        return number("postgres", "select pg_catalog.split_part(pg_read_file('postmaster.pid'), chr(10), 1)");
    }

    /** So that no run pays for the writes of the one before. */
    void settle() {
        execute("postgres", "checkpoint");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
