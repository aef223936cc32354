package org.manusroutes.answers;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.jspecify.annotations.Nullable;

/** Links to the page of a question: signed, for a while, and saying which question and nothing else. */
public final class AnswerLinks {
    /** Of the page; the token follows. */
    public static final String PATH = "/answer/";

    /** Id and end, a long each; then their HMAC-SHA256. */
    private static final int SIGNED = 2 * Long.BYTES;

    private static final int LENGTH = SIGNED + 32;

    private final String baseUrl;
    private final Duration valid;
    private final Supplier<byte[]> key;
    private final Clock clock;

    /**
     * Links below a URL.
     *
     * @param baseUrl without a slash at its end; empty when people cannot reach the page
     * @param key asked for when it is needed
     */
    AnswerLinks(String baseUrl, Duration valid, Supplier<byte[]> key, Clock clock) {
        this.baseUrl = baseUrl;
        this.valid = valid;
        this.key = key;
        this.clock = clock;
    }

    /** The same for the same question; null when people cannot reach the page. */
    @Nullable
    String of(Question question) {
        if (baseUrl.isEmpty()) {
            return null;
        }
        byte[] signed = ByteBuffer.allocate(SIGNED)
                .putLong(question.id())
                .putLong(question.askedAt().plus(valid).getEpochSecond())
                .array();
        byte[] token = ByteBuffer.allocate(LENGTH).put(signed).put(hmac(signed)).array();
        return baseUrl + PATH + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * What a token says.
     *
     * @param expired whether its time is over
     */
    public record Opened(long id, boolean expired) {}

    /** What a token says; null when it was not made here. */
    public @Nullable Opened open(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        if (bytes.length != LENGTH) {
            return null;
        }
        byte[] signed = Arrays.copyOf(bytes, SIGNED);
        if (!MessageDigest.isEqual(hmac(signed), Arrays.copyOfRange(bytes, SIGNED, LENGTH))) {
            return null;
        }
        ByteBuffer content = ByteBuffer.wrap(signed);
        return new Opened(content.getLong(), content.getLong() < clock.instant().getEpochSecond());
    }

    private byte[] hmac(byte[] signed) {
        return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key.get()).hmac(signed);
    }
}
