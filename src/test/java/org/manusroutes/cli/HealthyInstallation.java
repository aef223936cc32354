package org.manusroutes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.commons.codec.digest.DigestUtils;
import org.flywaydb.core.Flyway;
import org.manusroutes.standins.DoorStandIn;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.standins.SlackAccount;
import org.manusroutes.standins.SlackStandIn;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;

/** All that {@code doctor} looks at, in order, until a test breaks something of it. */
final class HealthyInstallation implements AutoCloseable {
    final Map<String, Object> settings = new HashMap<>();
    final ManusSimulator manus = ManusSimulator.start();
    final DoorStandIn door = DoorStandIn.start();
    final SlackStandIn slack = SlackStandIn.start();
    final MailStandIn mail = MailStandIn.startWithLogin();
    final S3StandIn s3;
    final Path folder;
    final Path routes;
    final Path jar;
    final String webhook;
    Clock clock = Clock.systemUTC();
    ToLongFunction<Path> free = any -> 1L << 40;

    /** @param s3 is shared, as its start takes long */
    HealthyInstallation(Path folder, S3StandIn s3) throws IOException {
        this.folder = folder;
        this.s3 = s3;
        routes = Files.createDirectory(folder.resolve("routes"));
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
        jar = Files.writeString(Files.createDirectory(folder.resolve("lib")).resolve("mine-1.0.jar"), "classes");
        Files.writeString(folder.resolve("lib/lock.json"), """
                {"application": "0.1.0",
                 "added": [{"asked": "mine", "coordinate": "org.example:mine:1.0", "camel": "4.0.0"}],
                 "jars": [{"coordinate": "org.example:mine:1.0", "file": "mine-1.0.jar", "size": 7, "sha256": "%s",
                           "neededBy": ["org.example:mine"]}]}
                """.formatted(DigestUtils.sha256Hex("classes")));
        webhook = manus.register(door.url());
        settings.putAll(manus.settings());
        settings.putAll(slack.settings());
        settings.putAll(mail.settings());
        settings.putAll(s3.settings());
        settings.putAll(Map.of(
                "manus.home", folder.toString(),
                "manus.webhook.public-url", door.url(),
                "manus.slack.channel", SlackAccount.CHANNEL,
                "manus.routes.directory", routes.toString(),
                "manus.attachments.spool-directory", folder.resolve("spool").toString()));
        Files.createDirectory(folder.resolve("spool"));
        settings.putAll(database());
    }

    private Map<String, Object> database() {
        Map<String, Object> h2 = Map.of(
                "spring.datasource.url",
                "jdbc:h2:file:" + folder.resolve("data/manus")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "spring.datasource.username",
                "manus",
                "spring.datasource.password",
                "planted-database-password");
        Flyway.configure()
                .dataSource(
                        (String) h2.get("spring.datasource.url"),
                        (String) h2.get("spring.datasource.username"),
                        (String) h2.get("spring.datasource.password"))
                .locations("classpath:db/migration/common", "classpath:db/migration/h2")
                .load()
                .migrate();
        return h2;
    }

    CommandRun doctor(String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new DoctorCommand(new CommandSettings(settings), clock, free))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options);
        return new CommandRun(exitCode, out.toString().strip(), err.toString().strip());
    }

    void edit(String file, String text, String replacement) {
        try {
            Path route = routes.resolve(file);
            Files.writeString(route, Files.readString(route).replace(text, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        manus.close();
        door.close();
        slack.close();
        mail.close();
    }
}
