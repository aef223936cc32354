package org.manusroutes.notify.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about an event, in clean but unescaped text, before it is laid out for Slack or mail.
 *
 * @param title one line, empty when there is none
 * @param link where the title leads, see {@link WebLink}
 * @param call words of a link of its own, as "Answer in Manus"; empty when the title is link enough
 * @param message may have several lines
 * @param files one line each, the last one may count those left out
 */
public record Notice(
        String headline,
        String title,
        @Nullable String link,
        String call,
        String message,
        List<String> files,
        List<Fact> facts) {

    /** A name and what it is, one line each. */
    public record Fact(String name, String value) {}

    /** The headline, and the title when there is one. */
    public String summary() {
        return title.isEmpty() ? headline : headline + ": " + title;
    }
}
