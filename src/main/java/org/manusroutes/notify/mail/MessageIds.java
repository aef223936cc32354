package org.manusroutes.notify.mail;

import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Makes identifiers of mails (RFC 5322, 3.6.4) out of our own: readable, and as different as those. */
final class MessageIds {
    private static final int READABLE = 80;

    private MessageIds() {}

    static String of(String kind, @Nullable Object id, String domain) {
        String text = String.valueOf(id);
        String readable = text.replaceAll("[^A-Za-z0-9_-]", "-");
        readable = readable.substring(0, Math.min(READABLE, readable.length()));
        return "<%s.%s.%s@%s>"
                .formatted(kind, readable, DigestUtils.sha256Hex(text).substring(0, 12), domain);
    }
}
