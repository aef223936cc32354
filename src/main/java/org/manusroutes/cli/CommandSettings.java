package org.manusroutes.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.manusroutes.answers.AnswersProperties;
import org.manusroutes.answers.Moments;
import org.manusroutes.answers.QuestionTable;
import org.manusroutes.bundle.live.BundleVersions;
import org.manusroutes.inbox.store.EventArchive;
import org.manusroutes.lib.LibClassPath;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiClient;
import org.manusroutes.manus.ManusApiProperties;
import org.manusroutes.webhook.PublicUrlLook;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.util.StringUtils;

/** The server's settings, from the same places, read once by the first command that needs them. */
final class CommandSettings {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> first;
    private @Nullable Read read;
    private @Nullable String lookedIn;

    /** @param first settings that take precedence over all others */
    CommandSettings(Map<String, Object> first) {
        this.first = Map.copyOf(first);
    }

    /** @throws IllegalStateException without a key */
    ManusApi api() {
        return ManusApiClient.connect(read().api(), PATIENCE);
    }

    /** The URL that Manus is to deliver to, as configured. */
    Optional<String> publicUrl() {
        return Optional.ofNullable(read().publicUrl());
    }

    /** How the public URL is looked at; an API on this machine is a stand-in, to which this machine is the world. */
    PublicUrlLook publicUrlLook() {
        String host = Objects.requireNonNullElse(read().api().baseUrl().getHost(), "");
        return new PublicUrlLook(
                environment().getProperty("manus.webhook.path", "/webhooks/manus"),
                host.equals("localhost") || host.startsWith("127."));
    }

    /** The door of a server with these settings on this machine. */
    URI webhook() {
        ConfigurableEnvironment environment = environment();
        String scheme = environment.getProperty("server.ssl.bundle") == null ? "http" : "https";
        return URI.create(scheme + "://" + environment.getProperty("server.address", "127.0.0.1") + ":"
                + environment.getProperty("server.port", "8080")
                + environment.getProperty("manus.webhook.path", "/webhooks/manus"));
    }

    /** The file with the private half of the key that deliveries are checked with, for trying things out. */
    Optional<Path> privateKey() {
        String file = environment().getProperty("manus.webhook.private-key");
        return StringUtils.hasText(file) ? Optional.of(Commands.fromWhereItWasCalled(file)) : Optional.empty();
    }

    /** How long done events are kept. */
    Duration keep() {
        return read().keep();
    }

    /** The inbox, also that of a server that runs. */
    EventArchive archive() {
        return inDatabase("inbox of this version", EventArchive::open);
    }

    /** The versions of the routes that ran, also those of a server that runs. */
    BundleVersions versions() {
        return inDatabase("versions of the routes", BundleVersions::open);
    }

    /** What tasks ask, also as a server that runs sees it. */
    QuestionTable questions() {
        return inDatabase("questions of tasks", QuestionTable::open);
    }

    /** Times as the server tells them. */
    Moments moments() {
        return new Moments(environment().getProperty("manus.time-zone", ""));
    }

    /** How questions are answered. */
    AnswersProperties answers() {
        return Binder.get(environment()).bindOrCreate("manus.answers", AnswersProperties.class);
    }

    /** @throws IllegalArgumentException when it is not kept */
    static BundleVersions.Version version(BundleVersions versions, long number) {
        return versions.find(number)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no version " + number + ", or it is too old to be kept: see routes list"));
    }

    /** @throws IllegalStateException when the database cannot be reached, or holds no such thing */
    private <T> T inDatabase(String what, Function<DataSource, T> open) {
        CommandDatabase database = database();
        try {
            T opened = open.apply(database.source());
            lookedIn = "looked in " + database.name();
            return opened;
        } catch (DataAccessException e) {
            throw new IllegalStateException(database.problem(e, what), e);
        }
    }

    CommandDatabase database() {
        return new CommandDatabase(read().database());
    }

    /** Which database was opened, for a command that finds nothing in it. */
    Optional<String> lookedIn() {
        return Optional.ofNullable(lookedIn);
    }

    /** The folder of the routes. */
    Path routes() {
        return Path.of(read().environment().getProperty("manus.routes.directory", "routes"));
    }

    /** The folder of the jars, beside the application's own. */
    Path lib() {
        return Path.of(environment().getProperty(LibClassPath.HOME, ""), "lib")
                .toAbsolutePath()
                .normalize();
    }

    ConfigurableEnvironment environment() {
        return read().environment();
    }

    private Read read() {
        if (read == null) {
            read = readAll();
        }
        return read;
    }

    /** Reads the files and the environment as Boot does, and starts nothing: a command shall answer at once. */
    private Read readAll() {
        try {
            var environment = new StandardEnvironment();
            environment.getPropertySources().addFirst(new MapPropertySource("command", first));
            ConfigDataEnvironmentPostProcessor.applyTo(environment);
            ConfigurationPropertySources.attach(environment);
            String publicUrl = environment.getProperty("manus.webhook.public-url");
            return new Read(
                    environment,
                    Binder.get(environment).bindOrCreate("manus.api", ManusApiProperties.class),
                    StringUtils.hasText(publicUrl) ? publicUrl : null,
                    Binder.get(environment).bindOrCreate("spring.datasource", DataSourceProperties.class),
                    Binder.get(environment)
                            .bind("manus.inbox.keep", Duration.class)
                            .get());
        } catch (RuntimeException unusable) {
            throw new IllegalStateException(
                    "the settings cannot be used: " + ErrorLine.aboutRootOf(unusable), unusable);
        }
    }

    private record Read(
            ConfigurableEnvironment environment,
            ManusApiProperties api,
            @Nullable String publicUrl,
            DataSourceProperties database,
            Duration keep) {}
}
