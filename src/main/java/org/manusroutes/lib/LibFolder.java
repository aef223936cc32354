package org.manusroutes.lib;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Changes {@code lib/} as a whole: what is new is prepared in a folder of its own, whose new name is the decision, and
 * then moved. A process that was killed before the decision has changed nothing; after it, the next one completes it.
 */
final class LibFolder implements AutoCloseable {
    private static final String PREPARED = ".adding";
    private static final String DECIDED = ".added";
    private static final String BUSY = ".busy";

    private final Path lib;
    private final FileChannel channel;

    private LibFolder(Path lib, FileChannel channel) {
        this.lib = lib;
        this.channel = channel;
    }

    /** A change, in the body of a command. */
    interface Work<T> {
        T in(LibFolder folder) throws IOException;
    }

    /**
     * Does the work while no other command changes the folder, after cleaning up behind one that was killed.
     *
     * @throws IllegalStateException when another one does, or the folder cannot be written
     */
    static <T> T change(Path lib, Work<T> work) {
        try (LibFolder folder = open(lib)) {
            folder.cleanUp();
            return work.in(folder);
        } catch (AccessDeniedException denied) {
            throw new IllegalStateException(
                    "this user may not write to " + lib + ": run the command as the one whom it belongs to", denied);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write to " + lib + ": " + e.getMessage(), e);
        }
    }

    private static LibFolder open(Path lib) throws IOException {
        Files.createDirectories(lib);
        FileChannel channel = FileChannel.open(lib.resolve(BUSY), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isTaken(channel)) {
            channel.close();
            throw new IllegalStateException("another command is changing " + lib + ": try again when it is done");
        }
        return new LibFolder(lib, channel);
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return true;
        }
    }

    /** Whether a command was killed half-way, or one is at work. */
    static boolean isUnfinished(Path lib) {
        return Files.exists(lib.resolve(PREPARED)) || Files.exists(lib.resolve(DECIDED));
    }

    private void cleanUp() throws IOException {
        FileSystemUtils.deleteRecursively(lib.resolve(PREPARED));
        if (Files.exists(lib.resolve(DECIDED))) {
            complete();
        }
    }

    /** An empty folder, on the same disk. */
    Path prepare() throws IOException {
        return Files.createDirectories(lib.resolve(PREPARED));
    }

    /** All or nothing: the jars in the prepared folder, and the lock; the files of the lock before that it lacks go. */
    void decide(LibLock lock) throws IOException {
        lock.write(prepare());
        Files.move(lib.resolve(PREPARED), lib.resolve(DECIDED), StandardCopyOption.ATOMIC_MOVE);
        complete();
    }

    /** May be done again from any point on. */
    private void complete() throws IOException {
        Path decided = lib.resolve(DECIDED);
        LibLock lock = LibLock.read(decided).or(() -> LibLock.read(lib)).orElseThrow();
        for (Path jar : list(decided, "*.jar")) {
            Files.move(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        for (String file : LibLock.read(lib).map(LibLock::files).orElse(Set.of())) {
            if (!lock.files().contains(file)) {
                Files.deleteIfExists(lib.resolve(file));
            }
        }
        if (Files.exists(decided.resolve(LibLock.FILE))) {
            Files.move(decided.resolve(LibLock.FILE), lib.resolve(LibLock.FILE), StandardCopyOption.REPLACE_EXISTING);
        }
        if (lock.added().isEmpty()) {
            Files.deleteIfExists(lib.resolve(LibLock.FILE));
        }
        FileSystemUtils.deleteRecursively(decided);
    }

    /** The jars, in the order of their names. */
    static List<Path> jars(Path lib) {
        try {
            return list(lib, "*.jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder, String names) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            return StreamSupport.stream(files.spliterator(), false).sorted().toList();
        } catch (NoSuchFileException missing) {
            return List.of();
        }
    }

    /** In hexadecimal; null when there is no such file. */
    static @Nullable String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(bytes);
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(lib.resolve(PREPARED));
        Files.deleteIfExists(lib.resolve(BUSY));
        channel.close();
        try (Stream<Path> left = Files.list(lib)) {
            if (left.findAny().isEmpty()) {
                Files.delete(lib);
            }
        }
    }
}
