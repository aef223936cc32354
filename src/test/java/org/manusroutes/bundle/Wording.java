package org.manusroutes.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is said of each of {@link BrokenEdits}. */
final class Wording {
    private Wording() {}

    /** By the name of the edit: all errors, a line each, indented. */
    static Map<String, String> read() throws IOException {
        Map<String, String> wording = new LinkedHashMap<>();
        for (String block : Files.readString(Path.of("src/test/resources/broken-edits.txt"))
                .strip()
                .split("\n\n")) {
            String[] parts = block.split("\n", 2);
            wording.put(parts[0], parts[1]);
        }
        return wording;
    }
}
