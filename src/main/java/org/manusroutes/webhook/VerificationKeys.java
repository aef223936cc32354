package org.manusroutes.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that signatures are checked with: configured, or fetched, kept for an hour, and asked for again when a check
 * fails (docs/manus-api.md, Signature: one key, no key id, no documented rotation).
 *
 * <p>A failed fetch leaves the last good key in force. Fetches are at least a minute apart once a key is there, ten
 * seconds while there is none, so that forged requests cannot make this receiver flood the API.
 */
final class VerificationKeys {
    private static final Logger log = LoggerFactory.getLogger(VerificationKeys.class);
    private static final Duration KEEP = Duration.ofHours(1);
    private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);
    private static final Duration BETWEEN_FIRST_FETCHES = Duration.ofSeconds(10);

    private final @Nullable PublicKeyFetcher fetcher;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable PublicKey key;
    private volatile Instant fetchedAt = Instant.MIN;
    private volatile Instant askedAt = Instant.MIN;
    private volatile @Nullable String problem;

    private VerificationKeys(@Nullable PublicKey key, @Nullable PublicKeyFetcher fetcher, Clock clock) {
        this.key = key;
        this.fetcher = fetcher;
        this.clock = clock;
    }

    static VerificationKeys configured(String pem, Clock clock) {
        return new VerificationKeys(parse(pem), null, clock);
    }

    static VerificationKeys fetched(PublicKeyFetcher fetcher, Clock clock) {
        return new VerificationKeys(null, fetcher, clock);
    }

    static VerificationKeys none(String problem, Clock clock) {
        VerificationKeys none = new VerificationKeys(null, null, clock);
        none.problem = problem;
        return none;
    }

    /** @throws RefusedException with {@link Refusal#NO_KEY} when there is none and none can be had */
    PublicKey current() throws RefusedException {
        PublicKey known = key;
        if (fetcher != null && (known == null || clock.instant().isAfter(fetchedAt.plus(KEEP)))) {
            fetch(fetcher, known == null ? BETWEEN_FIRST_FETCHES : BETWEEN_FETCHES);
            known = key;
        }
        if (known == null) {
            throw new RefusedException(Refusal.NO_KEY, String.valueOf(problem));
        }
        return known;
    }

    /** The key to try once more with: a fresh one, or the same when it is too early to ask or asking fails. */
    PublicKey afterFailedCheck(PublicKey failed) {
        if (fetcher != null && failed.equals(key)) {
            fetch(fetcher, BETWEEN_FETCHES);
        }
        PublicKey known = key;
        return known == null ? failed : known;
    }

    /** Why there is no key or only an old one; null when all is well. */
    @Nullable
    String problem() {
        return problem;
    }

    boolean available() {
        return key != null;
    }

    private void fetch(PublicKeyFetcher fetcher, Duration between) {
        // With a key at hand nobody waits for another's fetch; without one all wait for the same
        if (key == null) {
            fetching.lock();
        } else if (!fetching.tryLock()) {
            return;
        }
        try {
            Instant now = clock.instant();
            if (!askedAt.equals(Instant.MIN) && now.isBefore(askedAt.plus(between))) {
                return;
            }
            askedAt = now;
            PublicKey fetched = parse(fetcher.fetchPem());
            if (!fetched.equals(key)) {
                log.info("Signatures are checked with a key fetched from the Manus API");
            }
            key = fetched;
            fetchedAt = now;
            problem = null;
        } catch (RuntimeException e) {
            problem = "the public key could not be fetched: " + e.getMessage();
            log.warn(
                    "Could not fetch the public key of Manus; {}. {}",
                    problem,
                    key == null ? "Events are answered with 503" : "The last good key stays");
        } finally {
            fetching.unlock();
        }
    }

    /** @throws IllegalArgumentException when the text is no RSA public key; the message says what is expected */
    static PublicKey parse(String pem) {
        String base64 = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").replaceAll("\\s|\\\\n", "");
        try {
            PublicKey parsed = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            int bits = ((RSAPublicKey) parsed).getModulus().bitLength();
            if (bits < 2048) {
                throw new IllegalArgumentException("the public key has " + bits + " bits; at least 2048 are needed");
            }
            return parsed;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "this is no RSA public key in PEM form (-----BEGIN PUBLIC KEY-----): " + e.getMessage(), e);
        }
    }
}
