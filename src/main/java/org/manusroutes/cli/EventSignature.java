package org.manusroutes.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/** The signature of a delivery (Manus API notes, Signature): over timestamp, URL and the hash of the bytes. */
final class EventSignature {
    private EventSignature() {}

    static String of(PrivateKey key, String timestamp, String url, byte[] body) {
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update((timestamp + "." + url + "." + hash).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("the key cannot sign: " + unusable.getMessage(), unusable);
        }
    }
}
