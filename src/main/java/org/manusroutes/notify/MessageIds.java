package org.manusroutes.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes identifiers of mails (RFC 5322, 3.6.4) out of our own: readable, and as different as those. */
final class MessageIds {
    private static final int READABLE = 80;

    private MessageIds() {}

    static String of(String kind, @Nullable Object id, String domain) {
        String text = String.valueOf(id);
        String readable = text.replaceAll("[^A-Za-z0-9_-]", "-");
        readable = readable.substring(0, Math.min(READABLE, readable.length()));
        return "<%s.%s.%s@%s>".formatted(kind, readable, digest(text), domain);
    }

    private static String digest(String text) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
