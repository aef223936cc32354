package org.manusroutes.webhook;

/** Asks for the public key that Manus signs with. */
@FunctionalInterface
public interface PublicKeyFetcher {
    /**
     * The key as PEM of its SubjectPublicKeyInfo.
     *
     * @throws RuntimeException when it cannot be had, with a message for people
     */
    String fetchPem();
}
