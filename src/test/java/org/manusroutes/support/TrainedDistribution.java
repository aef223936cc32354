package org.manusroutes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * {@code bin/train}, run once for all tests of a build, also in several JVMs, and where settings, a route and the
 * environment are broken: none of them is a training's business.
 *
 * @param app what it has made, to be linked into other folders of the same distribution
 * @param said its exit code, and what it printed
 * @param left the names in its folder afterwards
 */
public record TrainedDistribution(Path app, String said, List<String> left) {
    /** Java 17 uses no archive where the path has a blank in it. */
    private static final String FOLDER = Runtime.version().feature() >= 25 ? "a folder" : "folder";

    private static final class Once {
        private static final TrainedDistribution TRAINED = trainOrTake();
    }

    /** Takes half a minute when it is asked for the first time. */
    public static TrainedDistribution get() {
        return Once.TRAINED;
    }

    private static TrainedDistribution trainOrTake() {
        try {
            Path zip = DistributionZip.file();
            String ofThisBuild =
                    Files.size(zip) + "-" + Files.getLastModifiedTime(zip).toMillis();
            Path home = Files.createDirectories(
                    Path.of("target", "trained", ofThisBuild).toAbsolutePath());
            Path said = home.resolve("said.txt");
            try (FileChannel lock = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock()) {
                if (!Files.exists(said)) {
                    FileSystemUtils.deleteRecursively(home.resolve(FOLDER));
                    Files.writeString(said, train(home.resolve(FOLDER)));
                }
            }
            try (var unzipped = Files.list(home.resolve(FOLDER))) {
                Path folder = unzipped.filter(Files::isDirectory).findFirst().orElseThrow();
                try (var left = Files.list(folder)) {
                    return new TrainedDistribution(
                            folder.resolve("app"),
                            Files.readString(said),
                            left.map(file -> file.getFileName().toString()).toList());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("told to stop while it waited for bin/train", e);
        }
    }

    private static String train(Path into) throws IOException, InterruptedException {
        Distribution distribution = Distribution.unzip(Files.createDirectory(into), "sh", "bin/train");
        Path folder = distribution.folder();
        Files.writeString(
                folder.resolve("routes/task-created.camel.yaml"),
                "- route: {id: task-created, from: {uri: nothing-that-camel-knows}}");
        Files.writeString(folder.resolve("application.yaml"), "manus.webhook.signature: neither of the two");
        return distribution.command(Map.of("manus.inbox.workers", "not a number"));
    }
}
