package org.manusroutes.notify.slack;

import org.manusroutes.text.Untrusted;

/**
 * Text and links in Slack's own markup, such that nothing in them is a mention, a link or a command.
 *
 * <p>Source: Slack docs, "Formatting message text", escaping.
 */
final class Mrkdwn {
    /** Slack's limit for a section's text is 3000. */
    static final int SECTION = 3000;

    private Mrkdwn() {}

    /** Escaped, and not longer than the limit with its escapes. */
    static String text(String text, int limit) {
        return Untrusted.cut(text, limit, Mrkdwn::escape);
    }

    /** A link with these words, or the words alone when the two together would not fit a section. */
    static String link(String url, String words, int limit) {
        String label = text(words, limit);
        String link = "<" + escape(url) + "|" + label + ">";
        return link.length() > SECTION - 100 ? label : link;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
