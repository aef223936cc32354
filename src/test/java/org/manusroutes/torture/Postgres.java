package org.manusroutes.torture;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.manusroutes.standins.HeldPort;
import org.manusroutes.support.Bounded;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL server of one's own, which can be stopped, killed, and started again on its data. */
final class Postgres implements AutoCloseable {
    /** What the server says to a row that it was told to refuse. */
    static final String ON_PURPOSE = "refused on purpose";

    private static final String DATABASE = "manus";

    private final Path data;
    private final Path log;
    private final Path programs;
    private final HeldPort port = HeldPort.take();

    private Postgres(Path data, Path log) {
        this.data = data;
        this.log = log;
        this.programs = initialize();
        startAgain();
        jdbc("postgres").sql("create database " + DATABASE).update();
    }

    /** @param folder gets the data and the server's log */
    static Postgres start(Path folder) {
        Path absolute = folder.toAbsolutePath();
        return new Postgres(absolute.resolve("postgresql"), absolute.resolve("postgresql.log"));
    }

    int port() {
        return port.number();
    }

    /** For a server that listens on this port, itself or by a proxy. */
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    JdbcClient jdbc() {
        return jdbc(DATABASE);
    }

    private JdbcClient jdbc(String database) {
        return JdbcClient.create(
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, "postgres", ""));
    }

    /** A fast stop: transactions are rolled back, connections closed. */
    void stop() {
        if (control("stop", "-m", "fast", "-t", "30") != 0) {
            throw new IllegalStateException("PostgreSQL did not stop: " + log);
        }
    }

    /** SIGKILL to the postmaster; what it has started ends by itself. */
    void kill() {
        try {
            ProcessHandle process = postmaster();
            process.destroyForcibly();
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("wanted to kill PostgreSQL", e);
        }
    }

    /** Of the whole server, in all sessions at once. */
    void setting(String name, String value) {
        jdbc("postgres").sql("alter system set " + name + " = '" + value + "'").update();
        jdbc("postgres").sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    /** Statements in one transaction of somebody else. */
    void run(String statements) {
        jdbc().sql("do $$ begin " + statements + "; end $$").update();
    }

    /** A tenth of the rows of the ledger, as data that the table does not take. */
    void refuseLedgerRows() {
        jdbc().sql("""
                create or replace function refuse() returns trigger language plpgsql as $$ begin
                    if random() < 0.1 then raise exception '%s' using errcode = 'check_violation'; end if;
                    return new;
                end $$""".formatted(ON_PURPOSE)).update();
        jdbc().sql(
                        "create trigger refuse before insert on camel_messageprocessed for each row execute function refuse()")
                .update();
    }

    void takeLedgerRows() {
        jdbc().sql("drop trigger refuse on camel_messageprocessed").update();
    }

    /** All sessions but the one that asks. */
    void terminateBackends() {
        jdbc().sql("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()")
                .query(Long.class)
                .single();
    }

    /** After a kill the first tries may fail, while a backend still holds the shared memory. */
    void startAgain() {
        String options =
                "-p " + port() + " -c max_connections=200 -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> control("start", "-l", log.toString(), "-o", options) == 0);
    }

    /** Lets Maven's PostgreSQL make the data; the folder of its programs. */
    private Path initialize() {
        try (EmbeddedPostgres first = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port())
                .start()) {
            return Path.of(postmaster().info().command().orElseThrow()).getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessHandle postmaster() throws IOException {
        String id = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
    }

    private int control(String what, String... options) {
        // PostgreSQL does not run as root; in a user namespace nobody is
        List<String> user = LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of();
        List<String> command = Stream.of(
                        user.stream(),
                        Stream.of(programs.resolve("pg_ctl").toString(), what, "-w", "-D", data.toString()),
                        Stream.of(options))
                .flatMap(words -> words)
                .toList();
        try {
            return Bounded.end(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("wanted to " + what + " PostgreSQL", e);
        }
    }

    @Override
    public void close() {
        control("stop", "-m", "immediate");
        port.close();
    }
}
