package org.manusroutes.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Makes one folder's files like another's, one by one, whatever they are. */
public final class FolderCopy {
    private FolderCopy() {}

    public static void mirror(Path from, Path to) throws IOException {
        for (Path file : files(to)) {
            if (!Files.exists(from.resolve(file.getFileName()))) {
                Files.delete(file);
            }
        }
        for (Path file : files(from)) {
            Path copy = to.resolve(file.getFileName());
            if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
