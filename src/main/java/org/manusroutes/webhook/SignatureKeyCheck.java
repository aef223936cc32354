package org.manusroutes.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.manusroutes.webhook.WebhookProperties.SignatureMode;
import org.springframework.boot.context.properties.bind.Binder;

/** Whether there is a key that signatures can be checked with, and the URL that is signed. */
public final class SignatureKeyCheck implements Check {
    private final Binder settings;
    private final @Nullable PublicKeyFetcher fetcher;

    /** @param fetcher null without a key of the API */
    public SignatureKeyCheck(Binder settings, @Nullable PublicKeyFetcher fetcher) {
        this.settings = settings;
        this.fetcher = fetcher;
    }

    @Override
    public String name() {
        return "signature key";
    }

    @Override
    public String waitsFor() {
        return "manus.webhook.public-key, or the Manus API (manus.api.key, manus.api.base-url)";
    }

    @Override
    public List<Finding> run() {
        WebhookProperties properties = settings.bindOrCreate("manus.webhook", WebhookProperties.class);
        if (properties.signature() == SignatureMode.OFF) {
            return List.of(Finding.warn(
                    name(),
                    "signatures are off: anybody who reaches the port can send events",
                    "set manus.webhook.signature to required"));
        }
        if (properties.publicUrl().isEmpty()) {
            return List.of(Finding.fail(
                    name(),
                    "manus.webhook.public-url is not set, and it is part of what Manus signs: deliveries are answered"
                            + " with 503",
                    "set it to the URL as registered (MANUS_WEBHOOK_PUBLIC_URL)"));
        }
        if (!properties.publicKey().isBlank()) {
            return List.of(configured(properties.publicKey()));
        }
        if (fetcher == null) {
            return List.of(Finding.fail(
                    name(),
                    "there is none: deliveries are answered with 503",
                    "set manus.webhook.public-key, or manus.api.key to have it fetched"));
        }
        return List.of(fetched(fetcher));
    }

    private Finding configured(String textOrFile) {
        try {
            VerificationKeys.parse(WebhookConfiguration.pem(textOrFile));
            return Finding.ok(name(), "configured (manus.webhook.public-key)");
        } catch (IllegalArgumentException e) {
            return Finding.fail(name(), String.valueOf(e.getMessage()), "correct manus.webhook.public-key");
        }
    }

    private Finding fetched(PublicKeyFetcher available) {
        try {
            VerificationKeys.parse(available.fetchPem());
            return Finding.ok(name(), "fetched from the Manus API");
        } catch (RuntimeException e) {
            return Finding.fail(
                    name(),
                    "it could not be fetched: " + e.getMessage(),
                    "correct manus.api.key or manus.api.base-url, or set manus.webhook.public-key");
        }
    }
}
