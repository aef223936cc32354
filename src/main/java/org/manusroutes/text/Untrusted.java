package org.manusroutes.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text that came from outside, made harmless to look at: no control characters, no text that runs backwards. */
public final class Untrusted {
    private static final Pattern CLUSTER = Pattern.compile("\\X");
    public static final String ELLIPSIS = "\u2026";

    private Untrusted() {}

    /** Keeps line ends, as line feeds; anything but a text, number or boolean becomes an empty text. */
    public static String lines(@Nullable Object value) {
        if (!(value instanceof CharSequence || value instanceof Number || value instanceof Boolean)) {
            return "";
        }
        String text = value.toString();
        StringBuilder out = new StringBuilder(text.length());
        int firstEnd = -1; // the first line end after what was last seen that is not blank
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isLineEnd(c)) {
                if (c == '\n' && i > 0 && text.charAt(i - 1) == '\r') {
                    continue;
                }
                if (firstEnd < 0) {
                    firstEnd = out.length();
                } else {
                    out.setLength(firstEnd + 1); // of several empty lines, one is left
                }
                out.append('\n');
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
                firstEnd = -1;
            } else if (!isUnwanted(c)) {
                out.append(c);
                if (c != ' ' && c != '\t') {
                    firstEnd = -1;
                }
            }
        }
        return out.toString().strip();
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /** Controls but the tab, halves of surrogate pairs, and marks that turn the direction of writing. */
    private static boolean isUnwanted(char c) {
        return (c != '\t' && Character.isISOControl(c))
                || Character.isSurrogate(c)
                || c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\uFEFF';
    }

    /** One line, whatever was in it. */
    public static String line(@Nullable Object value) {
        String text = lines(value);
        StringBuilder out = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = true;
                continue;
            }
            if (blank && !out.isEmpty()) {
                out.append(' ');
            }
            blank = false;
            out.append(c);
        }
        return out.toString();
    }

    /** A piece of a line: as {@link #line}, but each blank stays as one, also at the ends. */
    public static String piece(String text) {
        return code(text).replace('\t', ' ').replace('\n', ' ');
    }

    /** Several lines in which every blank counts: as {@link #lines}, but empty lines and blanks at the ends stay. */
    public static String code(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (isLineEnd(c)) {
                out.append('\n');
            } else if (!isUnwanted(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** At most so many lines, the last one an ellipsis when there were more. */
    public static String firstLines(String text, int limit) {
        int end = -1;
        for (int line = 0; line < limit; line++) {
            end = text.indexOf('\n', end + 1);
            if (end < 0) {
                return text;
            }
        }
        return text.substring(0, end) + "\n" + ELLIPSIS;
    }

    /**
     * At most so many UTF-16 units, ending in an ellipsis when cut; never inside what a reader sees as one character.
     */
    public static String cut(String text, int limit) {
        return cut(text, limit, Escape.NONE);
    }

    /** As above, where the limit holds for the escaped text; an escape is whole or not there. */
    public static String cut(String text, int limit, Escape escape) {
        String whole = escape.apply(text);
        if (whole.length() <= limit) {
            return whole;
        }
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
    public interface Escape {
        Escape NONE = text -> text;

        String apply(String text);
    }
}
