package org.manusroutes.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The route files of a folder at one moment, taken or refused as one.
 *
 * @param files by name, in the order of their names
 * @param hash changes when a file is changed, added, renamed or deleted
 */
public record Bundle(SortedMap<String, RouteFile> files, String hash) {

    /** Reads {@code *.camel.yaml}; hidden files (an editor's) and folders are not part of it. */
    public static Bundle read(Path folder) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Bundle::isRouteFile).toList()) {
                try (InputStream content = Files.newInputStream(entry)) {
                    byte[] bytes = content.readNBytes((int) RouteFile.LARGEST + 1);
                    long size = bytes.length > RouteFile.LARGEST ? Files.size(entry) : bytes.length;
                    files.add(RouteFile.of(entry.getFileName().toString(), bytes, size));
                }
            }
        }
        return of(files);
    }

    static Bundle of(Collection<RouteFile> files) {
        TreeMap<String, RouteFile> byName = new TreeMap<>();
        files.forEach(file -> byName.put(file.name(), file));
        StringBuilder all = new StringBuilder();
        byName.values()
                .forEach(file -> all.append(file.name())
                        .append('\n')
                        .append(file.sha256())
                        .append('\n'));
        return new Bundle(
                Collections.unmodifiableSortedMap(byName),
                RouteFile.sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The line that a problem stands in; empty when there is none, or no text. */
    public String line(Problem problem) {
        RouteFile file = files.get(problem.file());
        return file == null || file.text() == null
                ? ""
                : file.text().lines().skip(problem.line() - 1L).findFirst().orElse("");
    }

    private static boolean isRouteFile(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(RouteFile.SUFFIX) && !name.startsWith(".") && Files.isRegularFile(file);
    }
}
