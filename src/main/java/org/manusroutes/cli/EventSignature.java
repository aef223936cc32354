package org.manusroutes.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/** The signature of a delivery (docs/manus-api.md, Signature): over timestamp, URL and the hash of the bytes. */
final class EventSignature {
    private EventSignature() {}

    static String of(PrivateKey key, String timestamp, String url, byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(
                    (timestamp + "." + url + "." + DigestUtils.sha256Hex(body)).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("the key cannot sign: " + unusable.getMessage(), unusable);
        }
    }
}
