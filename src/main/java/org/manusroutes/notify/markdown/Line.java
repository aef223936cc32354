package org.manusroutes.notify.markdown;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A line as it is read.
 *
 * @param indent blanks, or the mark of a list's item
 * @param runs none: an empty line
 * @param code of a block of code or of a table, for letters of one width; it has one run at most
 */
public record Line(boolean quoted, String indent, List<Run> runs, boolean code) {
    static final Line EMPTY = new Line(false, "", List.of(), false);

    static Line of(String text) {
        return text.isBlank() ? EMPTY : new Line(false, "", List.of(Run.PLAIN.withText(text)), false);
    }

    static Line ofCode(String text) {
        return new Line(false, "", text.isEmpty() ? List.of() : List.of(Run.PLAIN.withText(text)), true);
    }

    boolean isEmpty() {
        return runs.isEmpty() && indent.isBlank() && !code;
    }

    static List<Line> withoutEmptyEnds(List<Line> lines) {
        int from = 0;
        int to = lines.size();
        while (from < to && lines.get(from).isEmpty()) {
            from++;
        }
        while (to > from && lines.get(to - 1).isEmpty()) {
            to--;
        }
        return lines.subList(from, to);
    }

    /** Its words alone. */
    public String text() {
        return runs.stream().map(Run::text).collect(Collectors.joining());
    }
}
