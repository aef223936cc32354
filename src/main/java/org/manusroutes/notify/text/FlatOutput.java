package org.manusroutes.notify.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manusroutes.text.Untrusted;

/** A structured output that fits a message: an object of few values that are no objects themselves. */
final class FlatOutput {
    private static final int VALUES = 10;
    private static final int NAME = 60;
    private static final int VALUE = 250;
    private static final String NOTHING = "\u2013";

    private FlatOutput() {}

    /** Its values by their names; empty when it failed (then they are zero values), is larger or deeper. */
    static List<Notice.Fact> of(Map<?, ?> structuredOutput) {
        if (!Boolean.TRUE.equals(structuredOutput.get("success"))
                || !(structuredOutput.get("value") instanceof Map<?, ?> object)
                || object.size() > VALUES
                || !object.values().stream().allMatch(FlatOutput::isScalar)) {
            return List.of();
        }
        List<Notice.Fact> facts = new ArrayList<>();
        object.forEach((name, value) -> facts.add(new Notice.Fact(words(name, NAME), words(value, VALUE))));
        return facts;
    }

    private static boolean isScalar(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static String words(@Nullable Object value, int limit) {
        String line = Untrusted.cut(Untrusted.line(value), limit);
        return line.isEmpty() ? NOTHING : line;
    }
}
