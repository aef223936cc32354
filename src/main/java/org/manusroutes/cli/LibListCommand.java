package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.manusroutes.lib.LibContents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is in {@code lib/}, and why. */
@Command(name = "list", description = "List the jars in lib/: their sizes, and what they are there for.")
final class LibListCommand extends CommandBase implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    LibListCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() throws JsonProcessingException {
        List<LibContents.Line> lines = LibContents.of(settings.lib());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("JAR", "SIZE", "FOR"));
        for (LibContents.Line line : lines) {
            String why = line.neededBy().isEmpty()
                    ? "unknown: no lib command has added it"
                    : String.join(", ", line.neededBy());
            rows.add(List.of(
                    line.file(),
                    size(line.size()),
                    line.carried() == null
                            ? why
                            : why + "; not used, as the application has version " + line.carried()));
        }
        long all = lines.stream().mapToLong(LibContents.Line::size).sum();
        output.print(
                out(),
                lines,
                lines.isEmpty()
                        ? "no jars in " + settings.lib()
                        : Output.columns(rows) + System.lineSeparator() + Output.count(lines.size(), "jar") + ", "
                                + size(all));
        return 0;
    }

    static String size(long bytes) {
        return bytes < 1_000_000
                ? Math.max(1, Math.round(bytes / 1000.0)) + " kB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }
}
