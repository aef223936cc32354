package org.manusroutes.bundle;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that a check found, said the way compilers do.
 *
 * @param file its name in the folder
 * @param line from 1
 * @param column from 1
 * @param what one sentence: what was found, and what to do
 * @param suggestion what was probably meant; null when nothing comes close
 */
public record Problem(
        Severity severity,
        String file,
        int line,
        int column,
        String what,
        @Nullable String suggestion) implements Comparable<Problem> {

    /** Errors refuse a change, warnings do not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::what);

    public static Problem error(Place place, String what) {
        return error(place, what, null);
    }

    public static Problem error(Place place, String what, @Nullable String suggestion) {
        return new Problem(Severity.ERROR, place.file(), place.line(), place.column(), what, suggestion);
    }

    public static Problem warning(Place place, String what) {
        return warning(place, what, null);
    }

    public static Problem warning(Place place, String what, @Nullable String suggestion) {
        return new Problem(Severity.WARNING, place.file(), place.line(), place.column(), what, suggestion);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The sentence, with what was probably meant. */
    public String message() {
        return suggestion == null ? what : what + " (did you mean '" + suggestion + "'?)";
    }

    /** {@code alert-slack.camel.yaml:14:9: unknown step 'setBodyy' (did you mean 'setBody'?)} */
    @Override
    public String toString() {
        return in(Path.of(""));
    }

    /** The same, with the way to the file. */
    public String in(Path folder) {
        return folder.resolve(file) + ":" + line + ':' + column + ": " + (isError() ? "" : "warning: ") + message();
    }

    /** A line each, indented, to follow a sentence; empty when there are none. */
    public static String lines(Path folder, List<Problem> problems) {
        return problems.stream().map(problem -> "\n  " + problem.in(folder)).collect(Collectors.joining());
    }

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }
}
