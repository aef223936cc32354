package org.manusroutes.standins;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Signs deliveries by the vendor's scheme (docs/manus-api.md, Signature), in code of its own. */
final class ManusSigner {
    /** One for all of this JVM: to make one takes longer than most tests. */
    private static final KeyPair keys = generate();

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Map<String, String> headers(String url, byte[] body, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            String content = String.join(".", timestamp, url, HexFormat.of().formatHex(hash));
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(keys.getPrivate());
            rsa.update(content.getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "X-Webhook-Timestamp",
                    timestamp,
                    "X-Webhook-Signature",
                    Base64.getEncoder().encodeToString(rsa.sign()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String publicKeyPem() {
        return pem("PUBLIC KEY", keys.getPublic());
    }

    String privateKeyPem() {
        return pem("PRIVATE KEY", keys.getPrivate());
    }

    private static String pem(String label, Key key) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
