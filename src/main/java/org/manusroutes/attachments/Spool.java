package org.manusroutes.attachments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a file is kept between its last byte from Manus and its last byte to S3. Each process has a name of its own
 * there, and a lock for as long as it lives: what belongs to no living process is what a killed one left.
 */
class Spool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final String PREFIX = "manus-attachment-";
    private static final String LOCK = ".lock";

    private final Path directory;
    private final String mine = PREFIX + UUID.randomUUID();
    private @Nullable FileChannel lock;

    Spool(Path directory) {
        this.directory = directory;
    }

    /** Makes the folder and removes what killed processes left in it, however old. */
    void open() {
        try {
            Files.createDirectories(directory);
            Path hidden = directory.resolve("." + mine + LOCK);
            lock = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                lock.lock();
            } catch (IOException e) {
                log.warn("{} has no file locks, so that what a killed process leaves in it stays", directory, e);
                Files.delete(hidden);
                return;
            }
            Files.move(hidden, directory.resolve(mine + LOCK)); // nobody has seen it without its lock
            removeLeftovers();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Files cannot be kept in " + directory + " (manus.attachments.spool-directory): " + e, e);
        }
    }

    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                if (!isAlive(owner(file))) {
                    delete(file);
                }
            }
        }
    }

    /** The lock of the process that made a file; files of an earlier version name none. */
    private Path owner(Path file) {
        String name = file.getFileName().toString();
        int end = PREFIX.length() + 36;
        return directory.resolve(name.substring(0, Math.min(end, name.length())) + LOCK);
    }

    private boolean isAlive(Path owner) throws IOException {
        if (owner.getFileName().toString().equals(mine + LOCK)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(owner, StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A new empty file that only this process's user may read. */
    Path newFile() throws IOException {
        return Files.createTempFile(directory, mine + "-", ".part");
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (NoSuchFileException e) {
            log.debug("{} is gone already", file);
        } catch (IOException e) {
            log.warn("{} could not be deleted; the next start does it: {}", file, e.toString());
        }
    }

    /** What is still in it is removed by the next start. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            Files.deleteIfExists(directory.resolve(mine + LOCK));
            lock.close();
        }
    }
}
