package org.manusroutes.text;

/** Text as a column takes it. */
public final class DatabaseText {
    private DatabaseText() {}

    /** Without NUL, which PostgreSQL refuses in a text. */
    public static String of(String text) {
        return text.replace("\0", "");
    }
}
