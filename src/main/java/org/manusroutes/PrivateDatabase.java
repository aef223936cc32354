package org.manusroutes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.manusroutes.inbox.store.EmbeddedDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the files of the embedded database for its user alone: whoever reads H2's lock file can connect to it, and SQL
 * in H2 can run Java code.
 */
final class PrivateDatabase {
    private static final Logger log = LoggerFactory.getLogger(PrivateDatabase.class);

    private PrivateDatabase() {}

    /** Makes the folder 0700, unless it is shared with other files, and the database's files 0600. */
    static void protect(String url) {
        EmbeddedDatabase.path(url).ifPresent(PrivateDatabase::protect);
    }

    private static void protect(Path database) {
        Path folder = database.getParent();
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            protect(folder, database.getFileName() + ".");
        } catch (UnsupportedOperationException noSuchPermissions) {
            log.debug("There are no POSIX permissions on {}", folder, noSuchPermissions);
        } catch (IOException | SecurityException e) {
            log.warn("Could not keep {} for this user alone; check who may read it: {}", folder, e.toString());
        }
    }

    private static void protect(Path folder, String prefix) throws IOException {
        List<Path> all;
        try (Stream<Path> entries = Files.list(folder)) {
            all = entries.toList();
        }
        List<Path> ours = all.stream()
                .filter(entry -> entry.getFileName().toString().startsWith(prefix))
                .toList();
        if (ours.size() == all.size()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        for (Path entry : ours) {
            if (Files.isRegularFile(entry)) {
                Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }
}
