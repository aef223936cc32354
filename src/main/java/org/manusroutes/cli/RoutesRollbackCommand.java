package org.manusroutes.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderWriter;
import org.manusroutes.bundle.live.BundleVersions;
import org.manusroutes.bundle.live.BundleVersions.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back to a version of the routes that ran: its files are written, and what runs takes them as any edit. */
@Command(
        name = "rollback",
        description = "Write the files of an earlier version into the folder. A receiver that runs on it takes them.")
final class RoutesRollbackCommand extends CommandBase implements Callable<Integer> {
    private final Clock clock;

    @Parameters(paramLabel = "N", description = "the version: see routes list")
    private long number;

    @Option(names = "--directory", paramLabel = "DIR", description = "default: manus.routes.directory (routes)")
    private @Nullable Path directory;

    RoutesRollbackCommand(CommandSettings settings, Clock clock) {
        super(settings);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        BundleVersions versions = settings.versions();
        Version version = CommandSettings.version(versions, number);
        Path folder = directory == null ? settings.routes() : directory;
        FolderWriter writer = new FolderWriter(folder);
        Bundle present = Bundle.read(folder);
        String kept = "";
        if (!present.files().isEmpty() && !versions.knows(present)) {
            Path aside = folder.resolve(".before-rollback-"
                    + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                            .withZone(clock.getZone())
                            .format(clock.instant()));
            writer.copyTo(aside);
            kept = "; what was there, and never ran, is kept in " + aside;
        }
        writer.write(version.bundle());
        out().println("wrote version " + number + " into " + folder + kept);
        return 0;
    }
}
