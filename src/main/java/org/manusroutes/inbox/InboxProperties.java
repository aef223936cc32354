package org.manusroutes.inbox;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How the inbox works through its events; explained key by key in {@code application.yaml}. */
@Validated
@ConfigurationProperties("manus.inbox")
public record InboxProperties(
        @Min(1) @Max(1000) @DefaultValue("16") int workers,

        @Min(1) @Max(16) @DefaultValue("2") int writers,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("1m")
        Duration lease,

        @Valid @DefaultValue Retry retry,

        @NotNull @DurationMin(millis = 1) @DefaultValue("15m")
        Duration tellAfter,

        @NotNull @DefaultValue("accept") ChangedBody changedBody,

        @NotNull @DurationMin(minutes = 1) @DefaultValue("90d")
        Duration keep) {

    public record Retry(
            @NotNull @DurationMin(millis = 1) @DefaultValue("10s")
            Duration firstDelay,

            @NotNull @DurationMin(millis = 1) @DefaultValue("1h")
            Duration maxDelay,

            @Min(1) @DefaultValue("32") int attempts) {}

    /** What to do with a known {@code event_id} that comes with another meaning. */
    enum ChangedBody {
        ACCEPT,
        IGNORE
    }
}
