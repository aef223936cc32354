package org.manusroutes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints aligned tables, and keeps all that it prints as Markdown in a file. */
final class Report {
    private final Path file;

    Report(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void title(String text) {
        print("\n== " + text);
        keep("\n## " + text + "\n");
    }

    void line(String format, Object... arguments) {
        String text = format(format, arguments);
        print(text);
        keep(text + "\n");
    }

    /** What is only worth seeing while it runs. */
    void progress(String format, Object... arguments) {
        System.err.println("   .. " + format(format, arguments));
    }

    /** Text as it is, in the file between fences. */
    void verbatim(String text) {
        print(text);
        keep("```\n" + text + "\n```\n");
    }

    void table(Table table) {
        print(table.aligned());
        keep(table.aligned() + "\n");
    }

    private static void print(String text) {
        System.out.println(text);
    }

    private void keep(String markdown) {
        try {
            Files.writeString(file, markdown + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    /** A Markdown table that is also pleasant to read as text: first column left, the others right. */
    static final class Table {
        private final List<String[]> rows = new ArrayList<>();

        Table(String... heads) {
            rows.add(heads);
        }

        Table row(String... cells) {
            rows.add(cells);
            return this;
        }

        String aligned() {
            int[] widths = new int[rows.get(0).length];
            for (String[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    widths[i] = Math.max(widths[i], row[i].length());
                }
            }
            StringBuilder text = new StringBuilder();
            for (int r = 0; r < rows.size(); r++) {
                for (int i = 0; i < widths.length; i++) {
                    String cell = i < rows.get(r).length ? rows.get(r)[i] : "";
                    text.append(format(i == 0 ? "| %-" + widths[i] + "s " : "| %" + widths[i] + "s ", cell));
                }
                text.append("|\n");
                if (r == 0) {
                    for (int i = 0; i < widths.length; i++) {
                        text.append(
                                i == 0 ? "| " + "-".repeat(widths[i]) + " " : "| " + "-".repeat(widths[i] - 1) + ": ");
                    }
                    text.append("|\n");
                }
            }
            return text.toString().stripTrailing();
        }
    }
}
