package org.manusroutes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.ColorConverter;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.core.io.ClassPathResource;

/** Text from outside, on its way to the log. */
class LogPatternTests {
    private static final String HOSTILE = "red \u001b[31m c1 \u009b31m bidi \u202eback bell \u0007 cr \r end";

    @ParameterizedTest
    @ValueSource(strings = {"console", "file"})
    void replacesWhatSteersATerminal(String kind) throws IOException {
        String line = line(kind, HOSTILE, new IllegalStateException(HOSTILE));
        assertThat(line)
                .contains("red ?[31m c1 ?31m bidi ?back bell ? cr ? end")
                .contains("IllegalStateException: red ?[31m")
                .doesNotContain("\u001b[31m", "\u009b", "\u202e", "\u0007", "\r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "file"})
    void cutsWhatNobodyReads(String kind) throws IOException {
        String large = "x".repeat(1_000_000);
        assertThat(line(kind, large, new IllegalStateException(large))).hasSizeLessThan(40_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "file"})
    void masksTheSecretsOfAUrl(String kind) throws IOException {
        String url = "jdbc:postgresql://manus:s3cret@db/manus is not accepted";
        assertThat(line(kind, url, new IllegalStateException(url)))
                .contains("jdbc:postgresql://***@db/manus")
                .doesNotContain("s3cret");
        String signed = "failed invoking https://x.example/a?v=1&sig=s3cret&X-Amz-Signature=s3cret&n=2 with 500";
        assertThat(line(kind, signed, new IllegalStateException(signed)))
                .contains("https://x.example/a?v=1&sig=***&X-Amz-Signature=***&n=2 with 500")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "file"})
    void keepsLettersAndLineEnds(String kind) throws IOException {
        assertThat(line(kind, "Größe: 12 €\n\tnext 😀", null)).contains("Größe: 12 €\n\tnext 😀");
    }

    private static String line(String kind, String message, @Nullable Throwable failure) throws IOException {
        Object pattern = new YamlPropertySourceLoader()
                .load("settings", new ClassPathResource("application.yaml")).stream()
                        .map(source -> source.getProperty("logging.pattern." + kind))
                        .findFirst()
                        .orElseThrow();
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("clr", ColorConverter::new);
        layout.getInstanceConverterMap().put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
        layout.setPattern(String.valueOf(pattern));
        layout.start();
        LoggingEvent event = new LoggingEvent(
                "fqcn",
                context.getLogger("org.example"),
                Level.INFO,
                message,
                failure,
                List.of().toArray());
        return layout.doLayout(event);
    }
}
