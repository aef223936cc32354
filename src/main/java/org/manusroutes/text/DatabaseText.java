package org.manusroutes.text;

import org.apache.commons.codec.digest.DigestUtils;

/** Text as a column takes it. */
public final class DatabaseText {
    private DatabaseText() {}

    /** Without NUL, which PostgreSQL refuses in a text. */
    public static String of(String text) {
        return text.replace("\0", "");
    }

    /**
     * A key as its column takes it: of a long one the beginning, and a digest of the whole.
     *
     * @param longest that the column takes, in characters
     */
    public static String key(String key, int longest) {
        String clean = of(key);
        return clean.length() <= longest
                ? clean
                : clean.substring(0, longest - 65) + '#' + DigestUtils.sha256Hex(clean);
    }
}
