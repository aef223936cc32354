package org.manusroutes.cli;

import java.util.concurrent.Callable;
import org.manusroutes.lib.LibChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a component out again. */
@Command(name = "remove", description = "Delete what was added under a name, and the jars that only it needed.")
final class LibRemoveCommand extends CommandBase implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "as it was added: see lib list")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs a command
    private String name;

    LibRemoveCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() {
        LibChange.Changed removed = new LibChange(settings.lib()).remove(name);
        out().println("removed " + removed.coordinate() + ": "
                + Output.count(removed.files().size(), "jar") + ", " + LibListCommand.size(removed.size()));
        removed.files().forEach(jar -> out().println("  " + jar));
        return 0;
    }
}
