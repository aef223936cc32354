package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.check.BundleCheck;
import org.manusroutes.bundle.check.FolderFix;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is wrong with a folder of routes; no system needs to run. */
@Command(
        name = "check",
        description = "Say what is wrong with a folder of routes, before it runs. Ends with 1 when there are errors.")
final class RoutesCheckCommand extends CommandBase implements Callable<Integer> {
    @Mixin
    private final FolderParameter folder = new FolderParameter();

    enum Format {
        TEXT,
        JSON,
        GITHUB
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, or github (annotations); default: text")
    private Format format = Format.TEXT;

    @Option(
            names = "--fix",
            description =
                    "before that, give the files the form of the shipped ones; also what is pasted from elsewhere")
    private boolean fix;

    @Option(
            names = "--static",
            description = "only read the files: evaluate no expression, load no class that they name, and run no event;"
                    + " for routes that you do not trust, such as those of a pull request")
    private boolean onlyRead;

    RoutesCheckCommand(CommandSettings settings) {
        super(settings);
    }

    /** What programs read. */
    private record Answer(String directory, String hash, int files, long errors, long warnings, List<Found> problems) {}

    private record Found(String severity, String file, int line, int column, String message) {}

    @Override
    public Integer call() throws IOException {
        Path directory = folder.orThat(this);
        if (fix) {
            PrintWriter asides = format == Format.TEXT ? out() : err();
            FolderFix.run(directory).forEach(asides::println);
        }
        Bundle bundle = Bundle.read(directory);
        List<Problem> problems = new ArrayList<>(onlyRead ? BundleCheck.checkStatically(bundle) : check(bundle));
        problems.addAll(Bundle.unread(directory));
        long errors = problems.stream().filter(Problem::isError).count();
        switch (format) {
            case JSON -> out().println(json(directory, bundle, problems, errors));
            case GITHUB ->
                problems.forEach(problem -> out().println("::%s file=%s,line=%d,col=%d::%s"
                        .formatted(
                                name(problem),
                                directory.resolve(problem.file()),
                                problem.line(),
                                problem.column(),
                                problem.message().replace("%", "%25").replace("\n", "%0A"))));
            case TEXT -> {
                problems.forEach(problem -> out().println(text(directory, bundle, problem)));
                out().println(summary(bundle.files().size(), errors, problems.size() - errors));
                if (errors > 0 && !fix && FolderFix.wouldMend(bundle)) {
                    out().println("'routes check --fix' writes the short forms out");
                }
            }
        }
        return errors == 0 ? 0 : 1;
    }

    private List<Problem> check(Bundle bundle) {
        BundleCheck.prepare();
        try (ConfigurableApplicationContext beans = OfflineBeans.open(settings.environment())) {
            return new BundleCheck(beans).check(bundle);
        }
    }

    private static String json(Path directory, Bundle bundle, List<Problem> problems, long errors)
            throws JsonProcessingException {
        return Output.json(new Answer(
                directory.toString(),
                bundle.hash(),
                bundle.files().size(),
                errors,
                problems.size() - errors,
                problems.stream()
                        .map(problem -> new Found(
                                name(problem), problem.file(), problem.line(), problem.column(), problem.message()))
                        .toList()));
    }

    private static String name(Problem problem) {
        return problem.severity().name().toLowerCase(Locale.ROOT);
    }

    /** The problem, and below it the line with a mark under the place. */
    private static String text(Path directory, Bundle bundle, Problem problem) {
        String said = problem.in(directory);
        String line = bundle.line(problem);
        if (line.isBlank()) {
            return said;
        }
        String number = String.format(Locale.ROOT, "%6d", problem.line());
        return String.join(
                System.lineSeparator(),
                said,
                number + " | " + line,
                " ".repeat(number.length()) + " | " + " ".repeat(problem.column() - 1) + "^");
    }

    private static String summary(int files, long errors, long warnings) {
        String found = errors == 0 && warnings == 0
                ? "no problems"
                : Output.count(errors, "error") + (warnings == 0 ? "" : ", " + Output.count(warnings, "warning"));
        return found + " in " + Output.count(files, "file");
    }
}
