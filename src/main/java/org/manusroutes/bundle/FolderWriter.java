package org.manusroutes.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /**
     * Brings the files that have no error into canonical form.
     *
     * @return a line for each file that was rewritten, or that cannot be
     */
    public List<String> fix(Bundle bundle, List<Problem> problems) throws IOException {
        Set<String> wrong =
                problems.stream().filter(Problem::isError).map(Problem::file).collect(Collectors.toSet());
        List<String> said = new ArrayList<>();
        for (Map.Entry<String, String> file : bundle.texts().entrySet()) {
            String name = file.getKey();
            if (wrong.contains(name)) {
                continue;
            }
            try {
                String canonical = CanonicalForm.of(file.getValue());
                if (!canonical.equals(file.getValue())) {
                    write(name, canonical);
                    said.add("rewrote " + folder.resolve(name));
                }
            } catch (IllegalArgumentException e) {
                said.add("left " + folder.resolve(name) + " as it is: " + e.getMessage());
            }
        }
        return said;
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
