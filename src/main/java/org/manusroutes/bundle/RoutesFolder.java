package org.manusroutes.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.stereotype.Component;

/** The folder that the bundle lies in; without route files in it the application does not start. */
@Component
record RoutesFolder(Path path) {
    RoutesFolder(@Value("${manus.routes.directory}") Path path) {
        this.path = path.toAbsolutePath().normalize();
        if (!holdsRouteFiles(this.path)) {
            throw new NoRouteFilesException(this.path);
        }
    }

    private static boolean holdsRouteFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".camel.yaml"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Thrown at start when there is nothing to run. */
    static final class NoRouteFilesException extends IllegalStateException {
        NoRouteFilesException(Path folder) {
            super("There are no *.camel.yaml files in " + folder);
        }
    }

    /** Says it in two sentences instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<NoRouteFilesException> {
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
