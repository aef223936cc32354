package org.manusroutes.webhook;

/** Asks the sender for the key that its signatures are checked with. */
@FunctionalInterface
public interface PublicKeyFetcher {
    /**
     * The current public key, as a PEM text (SubjectPublicKeyInfo).
     *
     * @throws RuntimeException when it cannot be had; the message is for people
     */
    String fetchPem();
}
