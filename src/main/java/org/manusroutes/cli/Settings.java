package org.manusroutes.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiClient;
import org.manusroutes.manus.ManusApiProperties;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** The server's settings, from the same places, read once by the first command that needs them. */
final class Settings {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> first;
    private @Nullable Read read;

    /** @param first settings that go before all others */
    Settings(Map<String, Object> first) {
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

    private Read read() {
        if (read == null) {
            read = readAll();
        }
        return read;
    }

    /** Starts Boot with nothing but the settings: no web server, no database, no Camel, no log. */
    private Read readAll() {
        var application = new SpringApplicationBuilder(OnlySettings.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties("logging.level.root=off")
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("command", first)));
        try (ConfigurableApplicationContext context = application.run()) {
            String publicUrl = context.getEnvironment().getProperty("manus.webhook.public-url");
            return new Read(
                    context.getBean(ManusApiProperties.class), StringUtils.hasText(publicUrl) ? publicUrl : null);
        } catch (RuntimeException unusable) {
            throw new IllegalStateException(
                    "the settings cannot be used: " + OneSentence.aboutRootOf(unusable), unusable);
        }
    }

    private record Read(ManusApiProperties api, @Nullable String publicUrl) {}

    @EnableConfigurationProperties(ManusApiProperties.class)
    static final class OnlySettings {}
}
