package org.manusroutes.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The folder of routes that a command is about. */
final class FolderParameter {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "the folder; default: manus.routes.directory (routes)")
    private @Nullable Path folder;

    /**
     * The folder that was named, else that of the settings.
     *
     * @throws ParameterException when it is not there
     */
    Path orThat(CommandBase command) {
        Path directory = folder == null ? command.settings.routes() : folder;
        if (!Files.isDirectory(directory)) {
            throw command.misuse("there is no folder " + directory);
        }
        return directory;
    }
}
