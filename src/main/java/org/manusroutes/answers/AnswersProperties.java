package org.manusroutes.answers;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How questions of tasks are answered.
 *
 * @param baseUrl where people reach this receiver; empty for the host of {@code manus.webhook.public-url}
 * @param linkValid how long the link of a mail can be used
 * @param remindAfter from the question to the first reminder; zero for none
 * @param remindAgainAfter from the question to the second and last reminder; zero for none
 */
@ConfigurationProperties("manus.answers")
@Validated
public record AnswersProperties(
        @DefaultValue("") @Pattern(regexp = "|https?://.+", message = "must be an http(s) URL")
        String baseUrl,

        @DefaultValue("3d") @NotNull Duration linkValid,
        @DefaultValue("4h") @NotNull Duration remindAfter,
        @DefaultValue("1d") @NotNull Duration remindAgainAfter) {}
