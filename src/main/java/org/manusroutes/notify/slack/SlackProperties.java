package org.manusroutes.notify.slack;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where alerts go on Slack; empty means not set.
 *
 * @param signingSecret with which Slack signs what it sends when somebody presses a button
 * @param apiUrl Slack's Web API, up to and with {@code /api/}
 * @param messagesPerSecond to one channel from this node; 0 for any number
 */
@ConfigurationProperties("manus.slack")
@Validated
public record SlackProperties(
        @DefaultValue("") String token,

        @DefaultValue("") String webhookUrl,

        @DefaultValue("#ai-tasks") @NotBlank String channel,
        @DefaultValue("") String opsChannel,

        @DefaultValue("") String signingSecret,

        @DefaultValue("https://slack.com/api/") @Pattern(regexp = "https?://.+", message = "must be an http(s) URL")
        String apiUrl,

        @DefaultValue("1") @DecimalMin("0") @DecimalMax("1000")
        double messagesPerSecond) {

    public SlackProperties {
        apiUrl = apiUrl.endsWith("/") ? apiUrl : apiUrl + "/";
        if (!webhookUrl.isEmpty() && !webhookUrl.matches("https?://.+")) {
            // no annotation: what validates one prints the value, and this one is a secret
            throw new IllegalArgumentException("manus.slack.webhook-url must begin with https://");
        }
    }

    /** What an alert is posted with. */
    public enum Mode {
        OFF,
        TOKEN,
        WEBHOOK
    }

    public Mode mode() {
        if (!token.isBlank()) {
            return Mode.TOKEN;
        }
        return webhookUrl.isBlank() ? Mode.OFF : Mode.WEBHOOK;
    }

    /** Whether buttons of messages are answered: by a token, for what comes of them is shown in the message. */
    public boolean interactive() {
        return mode() == Mode.TOKEN && !signingSecret.isBlank();
    }

    /** Without the secrets: a webhook's URL is one too. */
    @Override
    public String toString() {
        return "SlackProperties[mode=%s, channel=%s, opsChannel=%s, apiUrl=%s]"
                .formatted(mode(), channel, opsChannel, apiUrl);
    }
}
