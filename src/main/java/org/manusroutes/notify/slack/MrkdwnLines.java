package org.manusroutes.notify.slack;

import java.util.List;
import java.util.function.Predicate;
import org.manusroutes.notify.markdown.Line;
import org.manusroutes.notify.markdown.Run;
import org.manusroutes.text.Untrusted;

/**
 * Writes lines in Slack's markup up to a limit; what is open there is closed.
 *
 * <p>Slack takes a mark for one only at the edge of a word, and only when what it encloses begins and ends without a
 * blank on the same line. A blank of no width makes an edge where there is none, as between Chinese characters.
 */
final class MrkdwnLines {
    private static final String FENCE = "```";
    private static final char NO_WIDTH = '\u200B';
    private static final int WORDS_OF_A_LINK = 300;
    /** What may have to follow at the limit: marks, the end of a block of code, the ellipsis. */
    private static final int RESERVE = 16;

    private static final List<Mark> MARKS = List.of(
            new Mark('*', Run::bold),
            new Mark('_', Run::italic),
            new Mark('~', Run::struck),
            new Mark('`', run -> run.code() && run.url() == null));

    private final StringBuilder out = new StringBuilder();
    private final int limit;
    private String open = "";
    private String blanks = "";
    private boolean behindMark;
    private boolean inCode;
    private boolean full;

    private record Mark(char sign, Predicate<Run> of) {}

    private MrkdwnLines(int limit) {
        this.limit = limit - RESERVE;
    }

    /** At most so many lines and UTF-16 units, escapes and marks included; ending in an ellipsis when there is more. */
    static String of(List<Line> lines, int most, int limit) {
        MrkdwnLines text = new MrkdwnLines(limit);
        for (Line line : lines.subList(0, Math.min(most, lines.size()))) {
            if (text.full) {
                break;
            }
            text.write(line);
        }
        text.fence(false);
        if (!text.full && lines.size() > most) {
            text.newLine();
            text.out.append(Untrusted.ELLIPSIS);
        }
        return text.out.toString();
    }

    private void write(Line line) {
        fence(line.code());
        newLine();
        if (line.code()) {
            literal(line.text().replaceAll("`{3,}", Mrkdwn.withoutBackticks(FENCE)));
            return;
        }
        out.append(line.quoted() ? "> " : "");
        literal(line.indent());
        for (Run run : line.runs()) {
            if (!full) {
                write(run);
            }
        }
        close(0);
        blanks = "";
        behindMark = false;
    }

    private void newLine() {
        if (!out.isEmpty()) {
            out.append('\n');
        }
    }

    private void fence(boolean wanted) {
        if (inCode != wanted) {
            newLine();
            out.append(FENCE);
            inCode = wanted;
        }
    }

    /** Blanks at its ends stay outside of marks. */
    private void write(Run run) {
        String text = run.code() ? Mrkdwn.withoutBackticks(run.text()) : Mrkdwn.withoutMarks(run.text());
        String words = text.strip();
        if (words.isEmpty()) {
            blanks += text;
            return;
        }
        blanks += text.substring(0, text.indexOf(words.charAt(0)));
        String marks = marks(run);
        int shared = 0;
        while (shared < Math.min(marks.length(), open.length()) && marks.charAt(shared) == open.charAt(shared)) {
            shared++;
        }
        close(shared);
        literal(blanks);
        open(marks.substring(shared));
        if (run.url() == null) {
            literal(words);
        } else {
            link(run.url(), words);
        }
        blanks = text.substring(text.stripTrailing().length());
    }

    private static String marks(Run run) {
        StringBuilder marks = new StringBuilder();
        MARKS.stream().filter(mark -> mark.of().test(run)).forEach(mark -> marks.append(mark.sign()));
        return marks.toString();
    }

    private void open(String marks) {
        if (!marks.isEmpty()) {
            if (behindMark || (!out.isEmpty() && !isEdge(out.charAt(out.length() - 1)))) {
                out.append(NO_WIDTH);
            }
            out.append(marks);
            open += marks;
            behindMark = false;
        }
    }

    private void close(int keep) {
        if (open.length() > keep) {
            out.append(new StringBuilder(open.substring(keep)).reverse());
            open = open.substring(0, keep);
            behindMark = true;
        }
    }

    private void literal(String text) {
        if (text.isEmpty() || full) {
            return;
        }
        edge(text);
        if (out.length() >= limit) {
            out.append(Untrusted.ELLIPSIS);
            full = true;
            return;
        }
        String fitting = Mrkdwn.plain(text, limit - out.length());
        full = fitting.endsWith(Untrusted.ELLIPSIS) && !text.endsWith(Untrusted.ELLIPSIS);
        out.append(fitting);
    }

    private void link(String url, String words) {
        String link = "<" + Mrkdwn.escape(url) + "|" + Mrkdwn.plain(words, WORDS_OF_A_LINK) + ">";
        if (out.length() + link.length() > limit) {
            literal(words);
            return;
        }
        edge("<");
        out.append(link);
    }

    /** Between a mark and what comes next. */
    private void edge(String next) {
        if (behindMark && !isEdge(next.charAt(0))) {
            out.append(NO_WIDTH);
        }
        behindMark = false;
    }

    /** Blanks and punctuation; of other scripts Slack may think otherwise. */
    private static boolean isEdge(char c) {
        return c < 128 && !Character.isLetterOrDigit(c);
    }
}
