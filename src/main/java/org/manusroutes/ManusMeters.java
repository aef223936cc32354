package org.manusroutes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The receiver's own meters in {@code /actuator/prometheus}: their words, and the buckets of the two timers. */
@Configuration(proxyBeanMethods = false)
class ManusMeters {
    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("manus.info", "The version that runs; always 1"),
            Map.entry("manus.webhook", "How long a sender waited for the answer"),
            Map.entry("manus.webhook.requests", "Answers of the webhook, by what they say"),
            Map.entry("manus.inbox.events", "Events that are not done; NaN while the database does not answer"),
            Map.entry(
                    "manus.inbox.oldest.waiting.seconds",
                    "Age of the oldest event that is due; NaN while the database does not answer"),
            Map.entry("manus.inbox.made.events", "Events that were never delivered, made from what the API says"),
            Map.entry("manus.inbox.changed.body", "Events whose id was known with another meaning"),
            Map.entry("manus.event", "From the arrival of an event to the end of an attempt"),
            Map.entry("manus.step", "Runs of the routes of the bundle; skipped: done before, or its channel is off"),
            Map.entry("manus.routes.reload", "Edits of the routes, by what became of them"),
            Map.entry("manus.loop.turns", "Turns of the background jobs"),
            Map.entry("manus.loop.seconds.since.good", "Seconds since the last good turn of a background job"));

    /** Around what senders notice, and around the retries: few, because each is a series for each type and outcome. */
    private static final Map<String, double[]> BUCKETS = Map.of(
            "manus.webhook", nanos("PT0.005S PT0.01S PT0.025S PT0.05S PT0.1S PT0.25S PT0.5S PT1S PT2.5S PT5S PT10S"),
            "manus.event", nanos("PT0.1S PT1S PT10S PT1M PT5M PT15M PT1H PT6H PT24H"));

    @Bean
    MeterFilter manusMeterFilter() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String description = DESCRIPTIONS.get(id.getName());
                return description == null
                        ? id
                        : new Meter.Id(
                                id.getName(),
                                Tags.of(id.getTagsAsIterable()),
                                id.getBaseUnit(),
                                description,
                                id.getType());
            }

            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                double[] buckets = BUCKETS.get(id.getName());
                return buckets == null
                        ? config
                        : DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(buckets)
                                .build()
                                .merge(config);
            }
        };
    }

    @Bean
    MeterBinder manusInfo() {
        String version = Main.class.getPackage().getImplementationVersion(); // null outside the jar
        return (MeterRegistry registry) -> Gauge.builder("manus.info", () -> 1)
                .tags("version", Objects.requireNonNullElse(version, "development"))
                .register(registry);
    }

    private static double[] nanos(String durations) {
        return Stream.of(durations.split(" ", -1))
                .mapToDouble(duration -> Duration.parse(duration).toNanos())
                .toArray();
    }
}
