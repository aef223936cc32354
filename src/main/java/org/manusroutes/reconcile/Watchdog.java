package org.manusroutes.reconcile;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.inbox.EventStore;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.Webhook;
import org.manusroutes.reconcile.Progress.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Looks whether Manus still delivers to this receiver: docs/reconcile.md, The registration. */
@Component
final class Watchdog {
    /** While it is missing, so that health sees soon that somebody has registered it. */
    private static final Duration WHILE_MISSING = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final Progress progress;
    private final EventStore events;
    private final ReconcileProperties properties;
    private final String publicUrl;

    Watchdog(
            Progress progress,
            EventStore events,
            ReconcileProperties properties,
            @Value("${manus.webhook.public-url:}") String publicUrl) {
        this.progress = progress;
        this.events = events;
        this.properties = properties;
        this.publicUrl = publicUrl;
    }

    /** Without the URL nobody knows what to look for. */
    boolean isOn() {
        return !publicUrl.isBlank();
    }

    boolean isDue(Registration last, long now) {
        Duration every = properties.reconcileEvery();
        boolean often = last.missingSince() != null && every.compareTo(WHILE_MISSING) > 0;
        return last.watchedAt() == null || now - last.watchedAt() >= (often ? WHILE_MISSING : every).toSeconds();
    }

    /**
     * One look, and what follows from it.
     *
     * @throws ManusApiException when the API does not say
     */
    Registration look(ManusApi api, Registration last, long now) {
        String missing = missing(api);
        if (missing == null) {
            if (last.missingSince() != null) {
                log.info("Manus delivers to {} again", publicUrl);
            }
            return seen(new Registration(now, null, null));
        }
        long since = last.missingSince() == null ? now : last.missingSince();
        if (last.missingSince() == null) {
            log.warn("Manus does not deliver to {}: {}", publicUrl, missing);
        }
        // it may be on its way: the receiver is up before somebody registers it
        if (now - since >= properties.reconcileEvery().toSeconds()) {
            events.storeInternal(InternalEvents.webhookUnregistered(publicUrl, missing, since));
        }
        return seen(new Registration(now, since, missing));
    }

    private Registration seen(Registration registration) {
        progress.write(registration);
        return registration;
    }

    /** What is wrong, for people, after it has been mended where that is wanted; null when nothing is. */
    private @Nullable String missing(ManusApi api) {
        List<Webhook> ours = api.webhooks().of(publicUrl);
        if (ours.stream().anyMatch(Webhook::isActive)) {
            return null;
        }
        String missing = ours.isEmpty()
                ? "the URL is not registered"
                : "its registration " + ours.get(0).id() + " is " + ours.get(0).status();
        return properties.keepRegistered() ? mended(api, ours, missing) : missing;
    }

    /** What is registered and inactive goes first: the URL never has two registrations. */
    private @Nullable String mended(ManusApi api, List<Webhook> inactive, String missing) {
        try {
            inactive.forEach(webhook -> api.deleteWebhook(webhook.id()));
            Webhook created = api.createWebhook(publicUrl);
            log.info("Registered {} again (id {}): {}", publicUrl, created.id(), missing);
            return null;
        } catch (ManusApiException refusal) {
            return missing + ", and it could not be registered again: " + refusal.getMessage();
        }
    }
}
