package org.manusroutes.lib;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.Dependency;
import org.jspecify.annotations.Nullable;
import org.manusroutes.lib.LibLock.Added;
import org.manusroutes.lib.LibLock.Jar;
import org.manusroutes.lib.Repositories.Fetched;
import org.manusroutes.text.Suggestion;

/** Puts jars into {@code lib/} and takes them out again, all or nothing. */
public final class LibChange {
    private final Path lib;
    private final Carried carried;

    public LibChange(Path lib) {
        this(lib, Carried.read());
    }

    LibChange(Path lib, Carried carried) {
        this.lib = lib;
        this.carried = carried;
    }

    /**
     * What has changed.
     *
     * @param coordinate of what was asked for
     * @param files the jars that are there for it, or are gone; empty when the application has it
     * @param size of these, in bytes
     */
    public record Changed(String coordinate, List<String> files, long size) {}

    /**
     * Fetches it with all that it needs and the application has not; anew, when it was added before.
     *
     * @param asked as {@link Coordinate#parse} takes it
     * @param settings Maven's, in place of those of this user
     * @throws RuntimeException when it cannot be had, with a sentence; nothing has changed then
     */
    public Changed add(String asked, @Nullable Path settings) {
        Coordinate wanted = Coordinate.parse(asked);
        if (LibPlan.isCarried(wanted, carried)) {
            return new Changed(
                    wanted.withVersion(carried.version(wanted).orElseThrow()).toString(), List.of(), 0);
        }
        return LibFolder.change(lib, folder -> add(asked, wanted, settings, folder));
    }

    private Changed add(String asked, Coordinate wanted, @Nullable Path settings, LibFolder folder) throws IOException {
        LibLock lock = LibLock.read(lib).orElse(LibLock.none(carried.application()));
        Path prepared = folder.prepare();
        try (Repositories repositories = Repositories.open(settings, prepared.resolve("repository"))) {
            List<Dependency> managed = managed(repositories, lock);
            Coordinate exact = wanted.version() == null ? withVersion(wanted, managed) : wanted;
            List<Jar> jars = new ArrayList<>();
            for (Fetched fetched : repositories.fetch(
                    exact, managed, jar -> carried.version(jar).isPresent())) {
                LibPlan.refuseOtherCamel(fetched.coordinate(), carried);
                jars.add(copy(fetched, prepared, lock));
            }
            LibLock next = LibPlan.with(
                    lock, new Added(asked, exact.toString(), carried.camel()), jars, carried.application());
            folder.decide(next);
            return new Changed(
                    exact.toString(),
                    jars.stream().map(Jar::file).sorted().toList(),
                    jars.stream().mapToLong(Jar::size).sum());
        }
    }

    /** What is locked stays as it is, unless it was for another Camel; then what Camel and Spring Boot manage. */
    private List<Dependency> managed(Repositories repositories, LibLock lock) {
        Set<String> ofThisCamel = lock.added().stream()
                .filter(one -> one.camel().equals(carried.camel()))
                .map(one -> one.parsed().key())
                .collect(Collectors.toSet());
        Stream<Dependency> locked = lock.jars().stream()
                .filter(jar -> jar.neededBy().stream().anyMatch(ofThisCamel::contains))
                .map(jar -> new Dependency(Repositories.artifact(jar.parsed()), null));
        Stream<Dependency> boms = Stream.of(
                        "org.apache.camel:camel-bom:pom:" + carried.camel(),
                        "org.apache.camel.springboot:camel-spring-boot-bom:pom:" + carried.camel(),
                        "org.springframework.boot:spring-boot-dependencies:pom:" + carried.springBoot())
                .flatMap(bom -> repositories.managed(bom).stream());
        return Stream.concat(locked, boms).toList();
    }

    /** @throws IllegalArgumentException when Camel has no such component, or nobody knows a version that fits */
    private Coordinate withVersion(Coordinate wanted, List<Dependency> managed) {
        for (Dependency one : managed) {
            Artifact artifact = one.getArtifact();
            if (artifact.getExtension().equals("jar")
                    && Repositories.coordinate(artifact).key().equals(wanted.key())) {
                return wanted.withVersion(artifact.getVersion());
            }
        }
        if (!wanted.isOfCamel()) {
            throw new IllegalArgumentException("Spring Boot " + carried.springBoot() + " and Camel " + carried.camel()
                    + " name no version of " + wanted + ": write " + wanted + ":VERSION");
        }
        Set<String> names = managed.stream()
                .map(Dependency::getArtifact)
                .filter(artifact -> artifact.getGroupId().equals(wanted.group()))
                .map(Artifact::getArtifactId)
                .collect(Collectors.toCollection(TreeSet::new));
        if (names.isEmpty()) {
            // a project of its own with the versions of Camel, such as the Kamelets
            return wanted.withVersion(carried.camel());
        }
        String word = wanted.artifact().replaceFirst("^camel-", "");
        // spring-rabbitmq for rabbitmq, rather than rocketmq
        String near = names.stream()
                .filter(name -> name.endsWith("-" + word))
                .findFirst()
                .orElse(Suggestion.of(wanted.artifact(), names));
        throw new IllegalArgumentException("Camel " + carried.camel() + " has no " + wanted.artifact()
                + (near == null ? "" : " (did you mean '" + near.replaceFirst("^camel-", "") + "'?)"));
    }

    private Jar copy(Fetched fetched, Path prepared, LibLock lock) throws IOException {
        Coordinate jar = fetched.coordinate();
        Path copy = prepared.resolve(jar.file());
        Files.copy(fetched.file(), copy);
        String sha256 = String.valueOf(LibFolder.sha256(copy));
        if (lock.jars().stream()
                .anyMatch(one ->
                        one.file().equals(jar.file()) && !one.parsed().key().equals(jar.key()))) {
            throw new IllegalStateException(jar + " has the file name of another jar in " + lib);
        }
        Path there = lib.resolve(jar.file());
        if (!lock.files().contains(jar.file()) && Files.exists(there) && !sha256.equals(LibFolder.sha256(there))) {
            throw new IllegalStateException(
                    there + " is there already, with other contents, and no command has added" + " it: move it away");
        }
        return new Jar(jar.toString(), jar.file(), Files.size(copy), sha256, List.of());
    }

    /**
     * Deletes it, and the jars that only it needed.
     *
     * @throws IllegalArgumentException when it was not added
     */
    public Changed remove(String name) {
        LibLock now = LibLock.read(lib).orElse(LibLock.none(carried.application()));
        if (now.added().stream().noneMatch(one -> one.isCalled(name)) && !LibFolder.isUnfinished(lib)) {
            throw notAdded(name, now);
        }
        return LibFolder.change(lib, folder -> {
            LibLock lock = LibLock.read(lib).orElse(LibLock.none(carried.application()));
            Added added = lock.added().stream()
                    .filter(one -> one.isCalled(name))
                    .findFirst()
                    .orElseThrow(() -> notAdded(name, lock));
            LibLock next = LibPlan.without(lock, added.parsed().key(), carried.application());
            List<Jar> gone = lock.jars().stream()
                    .filter(jar -> !next.files().contains(jar.file()))
                    .toList();
            folder.decide(next);
            return new Changed(
                    added.coordinate(),
                    gone.stream().map(Jar::file).toList(),
                    gone.stream().mapToLong(Jar::size).sum());
        });
    }

    private IllegalArgumentException notAdded(String name, LibLock lock) {
        if (Files.exists(lib.resolve(name)) && name.endsWith(".jar")) {
            return new IllegalArgumentException(lib.resolve(name)
                    + " was not added by itself: remove what needs it (lib list), or delete the file");
        }
        List<String> asked = lock.added().stream().map(Added::asked).toList();
        return new IllegalArgumentException("'" + name + "' was not added: "
                + (asked.isEmpty() ? "nothing was" : "those that were are " + String.join(", ", asked)));
    }
}
