package org.manusroutes.notify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text that came from outside, made harmless to look at: no control characters, no text that runs backwards. */
final class Untrusted {
    private static final Pattern LINE_END = Pattern.compile("\r\n?|[\u0085\u2028\u2029]");
    /** Controls but tab and line feed, halves of surrogate pairs, and marks that turn the direction of writing. */
    private static final Pattern UNWANTED =
            Pattern.compile("[\\p{Cc}&&[^\t\n]]|\\p{Cs}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]");

    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]+");
    /** Without a group that repeats: those recurse, and a long text would overflow the stack. */
    private static final Pattern EMPTY_LINES = Pattern.compile("\n[ \t\n]*\n");

    private static final Pattern CLUSTER = Pattern.compile("\\X");
    static final String ELLIPSIS = "\u2026";

    private Untrusted() {}

    /** Keeps line ends, as line feeds; anything but a text, number or boolean becomes an empty text. */
    static String lines(@Nullable Object value) {
        if (!(value instanceof CharSequence || value instanceof Number || value instanceof Boolean)) {
            return "";
        }
        String text = LINE_END.matcher(value.toString()).replaceAll("\n");
        text = UNWANTED.matcher(text).replaceAll("");
        return EMPTY_LINES.matcher(text).replaceAll("\n\n").strip();
    }

    /** One line, whatever was in it. */
    static String line(@Nullable Object value) {
        return BLANK.matcher(lines(value)).replaceAll(" ").strip();
    }

    /** At most so many lines, the last one an ellipsis when there were more. */
    static String firstLines(String text, int limit) {
        int end = -1;
        for (int line = 0; line < limit; line++) {
            end = text.indexOf('\n', end + 1);
            if (end < 0) {
                return text;
            }
        }
        return text.substring(0, end) + "\n" + ELLIPSIS;
    }

    /** At most so many UTF-16 units, ending in an ellipsis when cut; never inside what a reader sees as one character. */
    static String cut(String text, int limit) {
        return cut(text, limit, Escape.NONE);
    }

    /** As above, where the limit holds for the escaped text; an escape is whole or not there. */
    static String cut(String text, int limit, Escape escape) {
        StringBuilder out = new StringBuilder();
        int roomForEllipsis = 0;
        Matcher clusters = CLUSTER.matcher(text);
        while (clusters.find()) {
            String escaped = escape.apply(clusters.group());
            if (out.length() + escaped.length() > limit) {
                out.setLength(roomForEllipsis);
                return out.append(ELLIPSIS).toString();
            }
            out.append(escaped);
            if (out.length() < limit) {
                roomForEllipsis = out.length();
            }
        }
        return out.toString();
    }

    /** What is done to each character before it is counted. */
    interface Escape {
        Escape NONE = text -> text;

        String apply(String text);
    }
}
