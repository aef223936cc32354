package org.manusroutes.lib;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jars of {@code lib/}, what they are there for, and which of them the application has as well. */
public final class LibContents {
    private LibContents() {}

    /**
     * One jar.
     *
     * @param coordinate null when no command has added it
     * @param size in bytes
     * @param neededBy what was asked for; empty when no command has added it
     * @param carried the version in which the application has it, which is the one in use; null when it has not
     */
    public record Line(
            String file,
            @Nullable String coordinate,
            long size,
            List<String> neededBy,
            @Nullable String carried) {}

    public static List<Line> of(Path lib) {
        LibLock lock = LibLock.read(lib).orElse(LibLock.none(""));
        Map<String, LibLock.Jar> known =
                lock.jars().stream().collect(Collectors.toMap(LibLock.Jar::file, Function.identity(), (a, b) -> a));
        Map<String, String> asked = lock.added().stream()
                .collect(Collectors.toMap(one -> one.parsed().key(), LibLock.Added::asked, (a, b) -> a));
        List<Path> jars = LibFolder.jars(lib);
        if (jars.isEmpty()) {
            return List.of();
        }
        Carried carried = Carried.read();
        List<Line> lines = new ArrayList<>();
        for (Path jar : jars) {
            String name = String.valueOf(jar.getFileName());
            LibLock.Jar locked = known.get(name);
            lines.add(new Line(
                    name,
                    locked == null ? null : locked.coordinate(),
                    jar.toFile().length(),
                    locked == null
                            ? List.of()
                            : locked.neededBy().stream()
                                    .map(key -> asked.getOrDefault(key, key))
                                    .toList(),
                    JarInLib.of(jar).carried(carried).orElse(null)));
        }
        return lines;
    }

    /** A sentence for each jar that the application has in another version, as {@code lib/} must not change it. */
    public static List<String> shadowed(Path lib) {
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        List<Path> jars = LibFolder.jars(lib);
        if (jars.isEmpty()) {
            return List.of();
        }
        Carried carried = Carried.read();
        return jars.stream()
                .map(jar -> shadowed(JarInLib.of(jar), carried))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable String shadowed(JarInLib jar, Carried carried) {
        return jar.carried(carried)
                .filter(version -> !version.equals(jar.version()))
                .map(version -> "lib/" + jar.file().getFileName() + " is not used: the application has "
                        + jar.artifact() + " " + version + ", which goes first; delete the file")
                .orElse(null);
    }
}
