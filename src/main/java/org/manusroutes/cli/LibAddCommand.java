package org.manusroutes.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.lib.LibChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a component and what it needs. */
@Command(
        name = "add",
        description = "Fetch a component and what it needs from the Maven repositories of this user's settings.xml,"
                + " without what the application has. Added again, it is fetched anew, for the Camel in use.")
final class LibAddCommand extends CommandBase implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            description = "a Camel component (kafka), or group:artifact or group:artifact:version")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs a command
    private String name;

    @Option(names = "--settings", paramLabel = "FILE", description = "in place of ~/.m2/settings.xml")
    private @Nullable Path file;

    LibAddCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() {
        if (file != null && !Files.isReadable(file)) {
            throw misuse("cannot read " + file);
        }
        LibChange.Changed added = new LibChange(settings.lib()).add(name, file);
        if (added.files().isEmpty()) {
            out().println(added.coordinate() + " is in the application already: there is nothing to add");
            return 0;
        }
        out().println("added " + added.coordinate() + " to " + settings.lib() + ": "
                + Output.count(added.files().size(), "jar") + ", " + LibListCommand.size(added.size()));
        added.files().forEach(jar -> out().println("  " + jar));
        out().println("A server that runs knows them after a restart: systemctl restart manus-webhook-routes");
        return 0;
    }
}
