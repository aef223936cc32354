package org.manusroutes.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Checks that Manus signed the very bytes that came, for this very URL, now (docs/manus-api.md, Signature).
 *
 * <p>Signed is {@code timestamp.url.sha256hex(body)}, by RSA PKCS#1 v1.5 with SHA-256.
 */
final class SignatureVerifier {
    private final VerificationKeys keys;
    private final String publicUrl;
    private final Duration tolerance;
    private final Clock clock;

    SignatureVerifier(VerificationKeys keys, String publicUrl, Duration tolerance, Clock clock) {
        this.keys = keys;
        this.publicUrl = publicUrl;
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /**
     * Returns when the signature is good.
     *
     * @param timestamp header {@code X-Webhook-Timestamp}, as received
     * @param signature header {@code X-Webhook-Signature}, as received
     */
    void verify(@Nullable String timestamp, @Nullable String signature, byte[] body) throws RefusedException {
        byte[] signatureBytes = checkHeaders(timestamp, signature);
        byte[] content = content(String.valueOf(timestamp), body);
        PublicKey key = keys.current();
        if (matches(key, content, signatureBytes)) {
            return;
        }
        PublicKey fresh = keys.afterFailedCheck(key);
        if (fresh.equals(key) || !matches(fresh, content, signatureBytes)) {
            throw new RefusedException(
                    Refusal.SIGNATURE_WRONG,
                    "the signature does not match for URL " + publicUrl
                            + " and these bytes; is manus.webhook.public-url the URL as registered?");
        }
    }

    /** What can be said of the headers alone; the bytes of the signature when they may be good. */
    byte[] checkHeaders(@Nullable String timestamp, @Nullable String signature) throws RefusedException {
        if (timestamp == null || signature == null) {
            throw new RefusedException(
                    Refusal.SIGNATURE_MISSING, timestamp == null ? "no X-Webhook-Timestamp" : "no X-Webhook-Signature");
        }
        long age = age(timestamp);
        if (Math.abs(age) > tolerance.toSeconds()) {
            throw new RefusedException(
                    Refusal.SIGNATURE_STALE, "the timestamp is " + age + " s old by this machine's clock");
        }
        return decode(signature);
    }

    private long age(String timestamp) throws RefusedException {
        try {
            return Math.subtractExact(clock.instant().getEpochSecond(), Long.parseLong(timestamp));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new RefusedException(Refusal.SIGNATURE_WRONG, "X-Webhook-Timestamp is no number of seconds");
        }
    }

    private static byte[] decode(String signature) throws RefusedException {
        try {
            return Base64.getDecoder().decode(signature.strip());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.SIGNATURE_WRONG, "X-Webhook-Signature is not Base64");
        }
    }

    private byte[] content(String timestamp, byte[] body) {
        return (timestamp + '.' + publicUrl + '.' + DigestUtils.sha256Hex(body)).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean matches(PublicKey key, byte[] content, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(content);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature of the wrong length is reported this way
        }
    }
}
