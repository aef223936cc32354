package org.manusroutes.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Writes into the folder of the routes; each file is replaced whole, or not at all. */
public final class FolderWriter {
    private final Path folder;

    public FolderWriter(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder hold these files and no other route files; what holds the same is left alone. */
    public void write(Bundle bundle) throws IOException {
        Map<String, RouteFile> present = Bundle.read(folder).files();
        for (RouteFile file : bundle.files().values()) {
            RouteFile before = present.get(file.name());
            if (file.text() != null && (before == null || !before.sha256().equals(file.sha256()))) {
                write(file.name(), file.text());
            }
        }
        for (String name : present.keySet()) {
            if (!bundle.files().containsKey(name)) {
                Files.delete(folder.resolve(name));
            }
        }
    }

    /** Writes these files in the place of that one, which may be among them. */
    public void replace(String name, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> file : texts.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        if (!texts.containsKey(name)) {
            Files.delete(folder.resolve(name));
        }
    }

    private void write(String name, String text) throws IOException {
        Path whole = folder.resolve("." + name + ".new"); // hidden, so that it is no route file yet
        Files.writeString(whole, text);
        Files.move(whole, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Copies all route files, also those that are no text. */
    public void copyTo(Path other) throws IOException {
        Files.createDirectories(other);
        for (String name : Bundle.read(folder).files().keySet()) {
            Files.copy(folder.resolve(name), other.resolve(name));
        }
    }
}
