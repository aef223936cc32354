package org.manusroutes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A route to begin with: canonical, explained, and without a problem. */
@Command(
        name = "new",
        description = "Write a route to begin with; it does nothing but log until another route calls it.")
final class RoutesNewCommand extends CommandBase implements Callable<Integer> {
    private static final String SKELETON = "/route-skeleton.yaml";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    @Parameters(paramLabel = "NAME", description = "of the route and its file, like-this")
    @SuppressWarnings("NullAway.Init") // as above
    private String name;

    @Option(names = "--directory", paramLabel = "DIR", description = "default: manus.routes.directory (routes)")
    private @Nullable Path directory;

    RoutesNewCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw misuse("'" + name
                    + "' is no name for a route; it is made of small letters, digits and hyphens: call-home");
        }
        Path file = (directory == null ? settings.routes() : directory).resolve(name + ".camel.yaml");
        try {
            Files.writeString(file, skeleton().replace("NAME", name), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw misuse(file + " is there already; nothing has changed");
        }
        out().println("wrote " + file + "; a route calls it by a step 'to' with uri: direct and name: " + name);
        return 0;
    }

    private static String skeleton() throws IOException {
        try (InputStream text = RoutesNewCommand.class.getResourceAsStream(SKELETON)) {
            if (text == null) {
                throw new IllegalStateException(SKELETON + " is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
