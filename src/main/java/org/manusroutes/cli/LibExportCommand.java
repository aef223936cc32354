package org.manusroutes.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.manusroutes.lib.LibPom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The way of the jars to a machine that reaches no repository. */
@Command(
        name = "export",
        description = "Print a pom.xml to run where a Maven repository can be reached; copy its lib/ here."
                + " Without a name, of what was added.")
final class LibExportCommand extends CommandBase implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "as for lib add")
    private List<String> names = List.of();

    LibExportCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() {
        out().print(LibPom.of(settings.lib(), names));
        out().flush();
        return 0;
    }
}
