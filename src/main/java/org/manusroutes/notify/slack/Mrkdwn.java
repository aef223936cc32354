package org.manusroutes.notify.slack;

import org.manusroutes.text.Untrusted;

/**
 * Text and links in Slack's own markup, such that nothing in them is a mention, a link, a command or a mark.
 *
 * <p>Source: Slack docs, "Formatting message text", escaping.
 */
final class Mrkdwn {
    /** Slack's limit for a section's text is 3000. */
    static final int SECTION = 3000;

    private static final String MARKS = "*_~`";
    /** They look the same and mean nothing: Slack has no escape for its marks. */
    private static final String LOOK_ALIKES = "\u2217\u02CD\u02DC\u02CB";

    private Mrkdwn() {}

    /** Escaped, and not longer than the limit with its escapes. */
    static String text(String text, int limit) {
        return plain(withoutMarks(text), limit);
    }

    /** As above, where Slack knows no marks: in a header, and in the words of a notification. */
    static String plain(String text, int limit) {
        return Untrusted.cut(text, limit, Mrkdwn::escape);
    }

    /** A link with these words, or the words alone when the two together would not fit a section. */
    static String link(String url, String words, int limit) {
        String label = text(words, limit);
        String link = "<" + escape(url) + "|" + label + ">";
        return link.length() > SECTION - 100 ? label : link;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A mark that Slack could take for one becomes its look-alike; it stays within a word and between blanks. */
    static String withoutMarks(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            int mark = MARKS.indexOf(text.charAt(i));
            if (mark >= 0
                    && !(isWord(text, i - 1) && isWord(text, i + 1))
                    && !(isBlank(text, i - 1) && isBlank(text, i + 1))) {
                out.setCharAt(i, LOOK_ALIKES.charAt(mark));
            }
        }
        return out.toString();
    }

    /** In code nothing is a mark but what ends it. */
    static String withoutBackticks(String code) {
        return code.replace('`', LOOK_ALIKES.charAt(3));
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) < 128 && Character.isLetterOrDigit(text.charAt(at));
    }

    private static boolean isBlank(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) == ' ';
    }
}
