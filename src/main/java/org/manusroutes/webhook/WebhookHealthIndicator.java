package org.manusroutes.webhook;

import org.manusroutes.webhook.WebhookProperties.SignatureMode;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Health {@code webhook}: whether signatures are checked, and with a key at hand. */
@Component("webhookHealthIndicator")
final class WebhookHealthIndicator extends AbstractHealthIndicator {
    private final WebhookProperties properties;
    private final VerificationKeys keys;

    WebhookHealthIndicator(WebhookProperties properties, VerificationKeys keys) {
        this.properties = properties;
        this.keys = keys;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (properties.signature() == SignatureMode.OFF) {
            builder.up().withDetail("signature", "OFF: anybody who reaches the port can send events");
            return;
        }
        builder.status(keys.available() ? "UP" : "DOWN").withDetail("signature", "required");
        String problem = keys.problem();
        if (problem != null) {
            builder.withDetail("problem", problem);
        }
    }
}
