package org.manusroutes.reconcile;

import org.jspecify.annotations.Nullable;
import org.manusroutes.reconcile.Progress.Registration;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/**
 * Health {@code registration}: whether Manus delivers to this receiver, as some node saw it last. No part of readiness:
 * a node that gets no deliveries is none that cannot take them.
 */
@Component
final class RegistrationHealthIndicator extends AbstractHealthIndicator {
    private volatile @Nullable Registration seen;

    void seen(Registration registration) {
        seen = registration;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Registration registration = seen;
        if (registration == null || registration.watchedAt() == null) {
            builder.unknown().withDetail("registration", "not looked at");
        } else if (registration.missing() != null) {
            builder.down().withDetail("problem", registration.missing());
        } else {
            builder.up();
        }
    }
}
