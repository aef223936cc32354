package org.manusroutes.notify.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.notify.markdown.Markdown;

/**
 * What there is to say about an event, in clean but unescaped text, before it is laid out for Slack or mail.
 *
 * @param title one line, empty when there is none
 * @param link where the title leads, see {@link org.manusroutes.text.WebLink}
 * @param call words of a link of its own, as "Answer in Manus"; empty when the title is link enough
 * @param message may have several lines
 * @param files the last one may count those left out
 * @param output the structured output, when it is a short list of names and values
 * @param question what can be answered from here; null for nothing
 * @param footer who sends this, and the key of the event
 */
public record Notice(
        String headline,
        String title,
        @Nullable String link,
        String call,
        Markdown message,
        List<File> files,
        List<Fact> output,
        List<Fact> facts,
        @Nullable AskedQuestion question,
        String footer) {

    /** A name and what it is, one line each. */
    public record Fact(String name, String value) {}

    /**
     * A file of a task.
     *
     * @param more its size, empty when that is not known
     * @param link where the copy is; null when there is none, or nobody can click on it
     */
    public record File(String name, String more, @Nullable String link) {
        public String text() {
            return more.isEmpty() ? name : name + " (" + more + ")";
        }
    }

    /** The headline, and the title when there is one. */
    public String summary() {
        return title.isEmpty() ? headline : headline + ": " + title;
    }
}
