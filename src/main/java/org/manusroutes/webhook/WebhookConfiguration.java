package org.manusroutes.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.manusroutes.text.Secrets;
import org.manusroutes.webhook.WebhookProperties.SignatureMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;

/** Finds the key that signatures are checked with, from the settings. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {
    private static final Logger log = LoggerFactory.getLogger(WebhookConfiguration.class);

    @Bean
    VerificationKeys verificationKeys(
            WebhookProperties properties, ObjectProvider<PublicKeyFetcher> fetcher, Clock clock) {
        if (properties.signature() == SignatureMode.OFF) {
            return VerificationKeys.none("signatures are not checked", clock);
        }
        if (properties.publicUrl().isEmpty()) {
            return VerificationKeys.none(
                    "manus.webhook.public-url is not set. It is part of what Manus signs; set it to the URL as"
                            + " registered",
                    clock);
        }
        if (!properties.publicKey().isBlank()) {
            return VerificationKeys.configured(pem(properties.publicKey()), clock);
        }
        PublicKeyFetcher available = fetcher.getIfAvailable();
        if (available != null) {
            return VerificationKeys.fetched(available, clock);
        }
        return VerificationKeys.none(
                "there is no key to check signatures with: set manus.webhook.public-key, or manus.api.key to have"
                        + " it fetched",
                clock);
    }

    static String pem(String textOrFile) {
        if (textOrFile.contains("-----BEGIN")) {
            return textOrFile;
        }
        try {
            return Files.readString(Path.of(textOrFile));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "manus.webhook.public-key is neither PEM text nor a file that can be read: "
                            + Secrets.path(textOrFile));
        }
    }

    /** Says how the door stands, and has the key ready before the first delivery needs it. */
    @Bean
    DoorOpening doorOpening(WebhookProperties properties, VerificationKeys keys) {
        return new DoorOpening(properties, keys);
    }

    record DoorOpening(WebhookProperties properties, VerificationKeys keys) {
        /** A node without a key is not ready, so that perhaps no delivery comes that would ask for one. */
        @Scheduled(initialDelay = 15, fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
        void askForTheKey() {
            if (properties.signature() == SignatureMode.REQUIRED && !keys.available()) {
                try {
                    keys.current();
                } catch (RefusedException e) {
                    log.debug("Still no key: {}", e.getMessage());
                }
            }
        }

        @EventListener(ApplicationReadyEvent.class)
        void open() {
            if (properties.signature() == SignatureMode.OFF) {
                log.warn(
                        "SIGNATURES ARE OFF: anybody who reaches {} can send events (manus.webhook.signature)",
                        properties.path());
                return;
            }
            try {
                keys.current();
            } catch (RefusedException e) {
                log.warn("Deliveries are answered with 503: {}", e.getMessage());
            }
        }
    }
}
