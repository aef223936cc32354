package org.manusroutes.testrun;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page that {@code spring-boot:test-run} ends with: what happened, and where to look next. */
final class Summary {
    private static final int LABEL = 8;

    private final List<String> lines = new ArrayList<>();

    static String of(List<TaskOutcome> tasks, Map<String, String> places, Map<String, String> tries) {
        Summary summary = new Summary();
        tasks.forEach(summary::task);
        summary.pairs("Where to look", places);
        summary.pairs("Try", tries);
        return String.join(System.lineSeparator(), summary.lines);
    }

    private void task(TaskOutcome task) {
        lines.add("");
        lines.add("  " + task.title());
        fact("task", task.id());
        fact("events", task.eventsInWords());
        fact("row", task.row().isEmpty() ? "none" : task.row());
        if (!task.output().isEmpty()) {
            fact("output", task.output());
        }
        files(task.files());
        facts("Slack", task.alerts());
        facts("mail", task.mails());
    }

    /** One a line, sizes right-aligned, locations below each other. */
    private void files(List<TaskOutcome.File> files) {
        if (files.isEmpty()) {
            fact("files", "-");
        }
        int name = longest(files.stream().map(TaskOutcome.File::name).toList());
        int size = longest(files.stream().map(file -> size(file.bytes())).toList());
        for (int i = 0; i < files.size(); i++) {
            TaskOutcome.File file = files.get(i);
            fact(
                    i == 0 ? "files" : "",
                    left(file.name(), name) + "  " + right(size(file.bytes()), size) + "  " + file.location());
        }
    }

    private void fact(String label, String value) {
        lines.add("    " + left(label, LABEL) + value);
    }

    private void facts(String label, List<String> values) {
        if (values.isEmpty()) {
            fact(label, "-");
        }
        for (int i = 0; i < values.size(); i++) {
            fact(i == 0 ? label : "", values.get(i));
        }
    }

    private void pairs(String heading, Map<String, String> pairs) {
        lines.add("");
        lines.add("  " + heading);
        int width = longest(List.copyOf(pairs.keySet()));
        pairs.forEach((label, value) -> lines.add("    " + left(label, width) + "  " + value));
    }

    private static String size(long bytes) {
        return bytes < 1000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f kB", bytes / 1000.0);
    }

    private static int longest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
