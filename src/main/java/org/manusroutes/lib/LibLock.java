package org.manusroutes.lib;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file {@code lib/lock.json}: what was added, and each jar that is there for it.
 *
 * @param application the version that it was written by
 */
record LibLock(String application, List<Added> added, List<Jar> jars) {
    static final String FILE = "lock.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * What somebody asked for.
     *
     * @param asked in their words
     * @param camel the version of Camel that the application had
     */
    record Added(String asked, String coordinate, String camel) {
        Coordinate parsed() {
            return LibLock.parsed(coordinate);
        }

        boolean isCalled(String name) {
            Coordinate one = parsed();
            return List.of(
                            asked,
                            coordinate,
                            one.key(),
                            one.artifact(),
                            one.artifact().replaceFirst("^camel-", ""))
                    .contains(name);
        }
    }

    /**
     * @param sha256 in hexadecimal
     * @param neededBy the keys of what was added
     */
    record Jar(String coordinate, String file, long size, String sha256, List<String> neededBy) {
        Coordinate parsed() {
            return LibLock.parsed(coordinate);
        }

        Jar neededBy(List<String> others) {
            return new Jar(coordinate, file, size, sha256, others);
        }
    }

    /** {@code group:artifact:version} or {@code group:artifact:classifier:version}. */
    private static Coordinate parsed(String coordinate) {
        String[] parts = coordinate.split(":", -1);
        return parts.length == 4
                ? new Coordinate(parts[0], parts[1], parts[2], parts[3])
                : Coordinate.of(parts[0], parts[1], parts[2]);
    }

    static LibLock none(String application) {
        return new LibLock(application, List.of(), List.of());
    }

    /**
     * Of a folder; empty without a lock.
     *
     * @throws IllegalStateException when it is no such file
     */
    static Optional<LibLock> read(Path lib) {
        Path file = lib.resolve(FILE);
        try {
            LibLock lock = JSON.readValue(Files.readString(file), LibLock.class);
            lock.added().forEach(Added::parsed);
            lock.jars().forEach(jar -> {
                jar.parsed();
                if (!Path.of(jar.file()).equals(Path.of(jar.file()).getFileName())) {
                    throw new IllegalArgumentException(jar.file());
                }
            });
            return Optional.of(lock);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException | RuntimeException unusable) {
            throw new IllegalStateException(
                    file + " is no lock of this application: put the right one there, or delete it and add anew",
                    unusable);
        }
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), json());
    }

    private String json() throws JsonProcessingException {
        return JSON.writeValueAsString(this) + "\n";
    }

    Set<String> files() {
        return jars.stream().map(Jar::file).collect(Collectors.toSet());
    }
}
