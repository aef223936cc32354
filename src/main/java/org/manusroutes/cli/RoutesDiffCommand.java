package org.manusroutes.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.BundleDiff;
import org.manusroutes.bundle.live.BundleVersions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What lies between two versions of the routes. */
@Command(name = "diff", description = "Print what changed from one version of the routes to another.")
final class RoutesDiffCommand extends CommandBase implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "N", description = "the version before: see routes list")
    private long from;

    @Parameters(index = "1", arity = "0..1", paramLabel = "M", description = "the version after; default: the folder")
    private @Nullable Long to;

    RoutesDiffCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() throws IOException {
        BundleVersions versions = settings.versions();
        Bundle before = CommandSettings.version(versions, from).bundle();
        Bundle after = to == null
                ? Bundle.read(settings.routes())
                : CommandSettings.version(versions, to).bundle();
        String diff = BundleDiff.between(before, after);
        out().println(diff.isEmpty() ? "no difference" : diff);
        return 0;
    }
}
