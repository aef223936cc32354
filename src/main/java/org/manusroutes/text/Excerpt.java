package org.manusroutes.text;

/** The beginning of a text, for a place that it may be too long for. */
public final class Excerpt {
    private static final String ELLIPSIS = "...";

    private Excerpt() {}

    /**
     * The text, or its beginning and three dots; never half of a surrogate pair.
     *
     * @param limit most characters, the dots included; at least 4
     */
    public static String of(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
