package org.manusroutes.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The route files of a folder at one moment, taken or refused as one.
 *
 * @param files by name, in the order of their names
 * @param hash changes when a file is changed, added, renamed or deleted
 */
public record Bundle(SortedMap<String, RouteFile> files, String hash) {
    /** Camel knows them elsewhere; an editor's and Kustomize's are something else. */
    private static final Pattern UNREAD =
            Pattern.compile("(?!kustomization\\.)[^.].*\\.(ya?ml|xml|java)(?<!\\.camel\\.yaml)");

    /**
     * Reads {@code *.camel.yaml}; hidden files (an editor's) and folders are not part of it. A folder that is not there
     * holds none.
     */
    public static Bundle read(Path folder) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Bundle::isRouteFile).toList()) {
                RouteFile file = RouteFile.read(entry);
                if (file != null) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            return of(List.of());
        } catch (UncheckedIOException e) { // from the listing
            throw e.getCause();
        }
        return of(files);
    }

    /** A warning for each file of the folder that looks like a route and is not read. */
    public static List<Problem> unread(Path folder) throws IOException {
        List<Problem> unread = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry)
                        ? !name.startsWith(".") && hasRouteFiles(entry)
                        : UNREAD.matcher(name).matches()) {
                    unread.add(Problem.warning(
                            new Place(name, 1, 1),
                            "not read: route files are called *" + RouteFile.SUFFIX
                                    + ", and lie in the folder itself"));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            return List.of();
        }
        return unread;
    }

    private static boolean hasRouteFiles(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(Bundle::isRouteFile);
        } catch (IOException | UncheckedIOException notOurs) {
            return false; // such as the lost+found of a volume
        }
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
        return new Bundle(Collections.unmodifiableSortedMap(byName), DigestUtils.sha256Hex(all.toString()));
    }

    /** A version that was stored. */
    public static Bundle ofTexts(Map<String, String> texts) {
        return of(texts.entrySet().stream()
                .map(file -> RouteFile.of(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    /** What the files say, by their names; without those that are no text. */
    public SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach((name, file) -> {
            if (file.text() != null) {
                texts.put(name, file.text());
            }
        });
        return texts;
    }

    /** As much of the hash as people need to tell two apart. */
    public String shortHash() {
        return hash.substring(0, 12);
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
