package org.manusroutes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * {@code bin/train}, run once for all tests of this JVM, and where settings, a route and the environment are broken: none of
 * them is a training's business.
 *
 * @param app what it has made, to be linked into other folders of the same distribution
 * @param said its exit code, and what it printed
 * @param left the names in its folder afterwards
 */
public record TrainedDistribution(Path app, String said, List<String> left) {
    private static final class Once {
        private static final TrainedDistribution TRAINED = train();
    }

    /** Takes half a minute when it is asked for the first time. */
    public static TrainedDistribution get() {
        return Once.TRAINED;
    }

    private static TrainedDistribution train() {
        try {
            Path temporary = Files.createTempDirectory("trained");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(temporary)));
            boolean blanksArePossible = Runtime.version().feature() >= 25;
            Distribution distribution = Distribution.unzip(
                    Files.createDirectory(temporary.resolve(blanksArePossible ? "a folder" : "folder")),
                    "sh",
                    "bin/train");
            Path folder = distribution.folder();
            Files.writeString(
                    folder.resolve("routes/task-created.camel.yaml"),
                    "- route: {id: task-created, from: {uri: nothing-that-camel-knows}}");
            Files.writeString(folder.resolve("application.yaml"), "manus.webhook.signature: neither of the two");
            String said = distribution.command(Map.of("manus.inbox.workers", "not a number"));
            try (var left = Files.list(folder)) {
                return new TrainedDistribution(
                        folder.resolve("app"),
                        said,
                        left.map(file -> file.getFileName().toString()).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("told to stop while it waited for bin/train", e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
