package org.manusroutes.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTests {
    private static final KeyPair KEYS = newKeys();
    private static final KeyPair OTHER = newKeys();
    private static final String URL = "https://hooks.example.org/webhooks/manus?tenant=7";
    private static final byte[] BODY = "{\"event_id\":\"e\"}".getBytes(UTF_8);
    private static final Instant NOW = Instant.ofEpochSecond(1_763_506_696);

    private Instant now = NOW;
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 0, 1, 300})
    void acceptsASignatureUpToTheToleranceInBothDirections(long age) {
        String timestamp = String.valueOf(NOW.getEpochSecond() - age);
        assertThatCode(() -> verifier(pem(KEYS)).verify(timestamp, sign(KEYS, timestamp, URL, BODY), BODY))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 1_763_506_696})
    void refusesAStaleOne(long age) {
        String timestamp = String.valueOf(NOW.getEpochSecond() - age);
        assertThat(refusal(timestamp, sign(KEYS, timestamp, URL, BODY), BODY)).isEqualTo(Refusal.SIGNATURE_STALE);
    }

    @Test
    void verifiesBytesThatAreNoText() {
        byte[] broken = {'{', (byte) 0xC3, (byte) 0x28, '}'};
        String timestamp = timestamp();
        assertThatCode(() -> verifier(pem(KEYS)).verify(timestamp, sign(KEYS, timestamp, URL, broken), broken))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherKeyUrlBodyOrTimestamp() {
        String timestamp = timestamp();
        String later = String.valueOf(NOW.getEpochSecond() + 1);
        byte[] otherBody = "{\"event_id\":\"f\"}".getBytes(UTF_8);
        assertThat(List.of(
                        refusal(timestamp, sign(OTHER, timestamp, URL, BODY), BODY),
                        refusal(timestamp, sign(KEYS, timestamp, URL + "&x=1", BODY), BODY),
                        refusal(timestamp, sign(KEYS, timestamp, URL, BODY), otherBody),
                        refusal(later, sign(KEYS, timestamp, URL, BODY), BODY)))
                .containsOnly(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void refusesTheDoubleHashOfOlderSamples() throws GeneralSecurityException {
        String timestamp = timestamp();
        byte[] content = (timestamp + '.' + URL + '.' + hash(BODY)).getBytes(UTF_8);
        Signature twice = Signature.getInstance("SHA256withRSA");
        twice.initSign(KEYS.getPrivate());
        twice.update(MessageDigest.getInstance("SHA-256").digest(content));
        String signature = Base64.getEncoder().encodeToString(twice.sign());
        assertThat(refusal(timestamp, signature, BODY)).isEqualTo(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void needsBothHeaders() {
        assertThat(refusal(null, "c2ln", BODY)).isEqualTo(Refusal.SIGNATURE_MISSING);
        assertThat(refusal(timestamp(), null, BODY)).isEqualTo(Refusal.SIGNATURE_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!", "c2ln", "=="})
    void refusesASignatureThatIsNone(String signature) {
        assertThat(refusal(timestamp(), signature, BODY)).isEqualTo(Refusal.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1763506696.5", "99999999999999999999", "-9223372036854775808"})
    void refusesATimestampThatIsNone(String timestamp) {
        assertThat(refusal(timestamp, "c2ln", BODY)).isIn(Refusal.SIGNATURE_WRONG, Refusal.SIGNATURE_STALE);
    }

    @Test
    void fetchesTheKeyAgainOnceWhenACheckFailsAndNotMoreThanOnceAMinute() throws RefusedException {
        Deque<String> served = new ArrayDeque<>(List.of(pem(OTHER), pem(KEYS)));
        SignatureVerifier verifier = verifier(VerificationKeys.fetched(served::removeFirst, clock));
        String timestamp = timestamp();
        String good = sign(KEYS, timestamp, URL, BODY);

        assertThat(catchThrowableOfType(RefusedException.class, () -> verifier.verify(timestamp, good, BODY)))
                .as("asked for the first key this very second, so it may not ask again")
                .isNotNull();
        now = NOW.plusSeconds(61);
        verifier.verify(timestamp, good, BODY);
        assertThat(served).isEmpty();
    }

    @Test
    void keepsTheLastGoodKeyWhenTheFetchFails() throws RefusedException {
        Deque<String> served = new ArrayDeque<>(List.of(pem(KEYS)));
        VerificationKeys keys = VerificationKeys.fetched(served::removeFirst, clock);
        keys.current();
        now = NOW.plus(Duration.ofHours(2));
        assertThat(keys.current()).isEqualTo(KEYS.getPublic());
        assertThat(keys.problem()).contains("could not be fetched");
        assertThat(keys.available()).isTrue();
    }

    @Test
    void hasNoKeyUntilOneCanBeFetched() throws RefusedException {
        Deque<String> served = new ArrayDeque<>();
        VerificationKeys keys = VerificationKeys.fetched(served::removeFirst, clock);
        assertThat(catchThrowableOfType(RefusedException.class, keys::current).refusal())
                .isEqualTo(Refusal.NO_KEY);
        served.add(pem(KEYS));
        assertThat(catchThrowableOfType(RefusedException.class, keys::current).refusal())
                .isEqualTo(Refusal.NO_KEY);
        now = NOW.plusSeconds(11);
        assertThat(keys.current()).isEqualTo(KEYS.getPublic());
    }

    @Test
    void refusesAKeyThatIsTooSmallOrNone() throws GeneralSecurityException {
        KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);
        assertThatCode(() -> VerificationKeys.parse(pem(small.generateKeyPair())))
                .hasMessageContaining("1024 bits");
        assertThatCode(() -> VerificationKeys.parse("not a key")).hasMessageContaining("BEGIN PUBLIC KEY");
    }

    private Refusal refusal(String timestamp, String signature, byte[] body) {
        return catchThrowableOfType(
                        RefusedException.class, () -> verifier(pem(KEYS)).verify(timestamp, signature, body))
                .refusal();
    }

    private SignatureVerifier verifier(String pem) {
        return verifier(VerificationKeys.configured(pem, clock));
    }

    private SignatureVerifier verifier(VerificationKeys keys) {
        return new SignatureVerifier(keys, URL, Duration.ofMinutes(5), clock);
    }

    private static String timestamp() {
        return String.valueOf(NOW.getEpochSecond());
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String hash(byte[] body) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    }

    private static String sign(KeyPair keys, String timestamp, String url, byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update((timestamp + '.' + url + '.' + hash(body)).getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
