package org.manusroutes.attachments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a file is kept between its last byte from Manus and its last byte to S3. */
class Spool {
    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final String PREFIX = "manus-attachment-";
    /** No copy takes as long; another node may share the folder, so younger files are not ours to judge. */
    private static final Duration STALE = Duration.ofDays(1);

    private final Path directory;
    private final Clock clock;

    Spool(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Makes the folder and removes what a killed process left in it. */
    void open() {
        Instant limit = clock.instant().minus(STALE);
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
                for (Path file : files) {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                        delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Files cannot be kept in " + directory + " (manus.attachments.spool-directory): " + e, e);
        }
    }

    /** A new empty file that only this process's user may read. */
    Path newFile() throws IOException {
        return Files.createTempFile(directory, PREFIX, ".part");
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (NoSuchFileException e) {
            log.debug("{} is gone already", file);
        } catch (IOException e) {
            log.warn("{} could not be deleted; the next start after a day does it: {}", file, e.toString());
        }
    }
}
