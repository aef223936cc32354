package org.manusroutes.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.stereotype.Component;

/** The folder that the bundle lies in. */
@Component
public record RoutesFolder(Path path) {
    private static final Logger log = LoggerFactory.getLogger(RoutesFolder.class);

    public RoutesFolder(@Value("${manus.routes.directory}") Path path) {
        this.path = path.toAbsolutePath().normalize();
        warnWhenAnybodyMayWrite();
    }

    /** Whoever writes there decides what this process does, with all its rights and secrets. */
    private void warnWhenAnybodyMayWrite() {
        List<Path> open = openToAnybody(path);
        if (!open.isEmpty()) {
            log.warn(
                    "Anybody on this machine may change the routes, and so what this process does: chmod o-w {}",
                    open.stream().map(Path::toString).collect(Collectors.joining(" ")));
        }
    }

    /** The folder and the route files that anybody on this machine may write to; empty when that cannot be seen. */
    public static List<Path> openToAnybody(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return Stream.concat(
                            Stream.of(folder),
                            files.filter(file -> file.toString().endsWith(RouteFile.SUFFIX)))
                    .filter(RoutesFolder::mayBeWrittenByAnybody)
                    .toList();
        } catch (IOException e) {
            log.debug("Could not see who may write to {}", folder, e);
            return List.of();
        }
    }

    private static boolean mayBeWrittenByAnybody(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException notPosix) {
            return false;
        }
    }

    /** Whether it is there, and holds at least one. */
    public boolean holdsRouteFiles() {
        try (Stream<Path> files = Files.list(path)) {
            return files.anyMatch(file -> file.toString().endsWith(RouteFile.SUFFIX));
        } catch (IOException e) {
            return false;
        }
    }

    /** Thrown at start when there is nothing to run, and nothing ever ran. */
    public static final class NoRouteFilesException extends IllegalStateException {
        public NoRouteFilesException(Path folder) {
            super("There are no *.camel.yaml files in " + folder);
        }
    }

    /** Says it in two sentences instead of a stack trace. */
    public static final class Analyzer extends AbstractFailureAnalyzer<NoRouteFilesException> {
        @Override
        protected FailureAnalysis analyze(Throwable root, NoRouteFilesException cause) {
            return new FailureAnalysis(
                    cause.getMessage() + ".",
                    "Start in the folder where the distribution was unzipped, or set manus.routes.directory"
                            + " (MANUS_ROUTES_DIRECTORY) to the folder of the routes.",
                    cause);
        }
    }
}
