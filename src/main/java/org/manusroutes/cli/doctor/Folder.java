package org.manusroutes.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that the server writes to.
 *
 * @param name what it is for
 * @param setting that names it
 * @param largest what it may have to hold at once, in bytes
 */
public record Folder(String name, Path path, String setting, long largest) {
    /** The folder, or of those that it will be made in the first that is there; null when there is none. */
    @Nullable
    Path existing() {
        for (Path one = path.toAbsolutePath().normalize(); one != null; one = one.getParent()) {
            if (Files.exists(one)) {
                return one;
            }
        }
        return null;
    }

    /** Whether it loses its files with the power, and takes memory for them. */
    boolean isInMemory() throws IOException {
        Path there = existing();
        return there != null && Files.getFileStore(there).type().equals("tmpfs");
    }
}
