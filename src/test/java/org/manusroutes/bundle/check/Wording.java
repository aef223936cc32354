package org.manusroutes.bundle.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is said of each of {@link BrokenEdits}. */
public final class Wording {
    private Wording() {}

    /** By the name of the edit: all errors, a line each, indented. */
    public static Map<String, String> read() throws IOException {
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
