package org.manusroutes.reconcile;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** What is looked for with the API, and how often; explained key by key in {@code application.yaml}. */
@Validated
@ConfigurationProperties("manus.api")
record ReconcileProperties(
        @NotNull @DurationMin @DefaultValue("5m") Duration reconcileEvery,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("2m")
        Duration missedAfter,

        @DefaultValue("false") boolean keepRegistered) {}
