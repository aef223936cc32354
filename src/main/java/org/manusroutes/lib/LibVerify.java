package org.manusroutes.lib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manusroutes.lib.LibLock.Added;
import org.manusroutes.lib.LibLock.Jar;

/** Holds the files of {@code lib/} against their lock, and the lock against the application. */
public final class LibVerify {
    private LibVerify() {}

    /** A sentence for each thing that is wrong; empty when all is well. */
    public static List<String> findings(Path lib) {
        return findings(lib, Carried.read());
    }

    static List<String> findings(Path lib, Carried carried) {
        List<String> found = new ArrayList<>();
        if (LibFolder.isUnfinished(lib)) {
            found.add("a lib command was stopped half-way, or is at work: the next lib add or lib remove completes it");
        }
        LibLock lock = LibLock.read(lib).orElse(LibLock.none(carried.application()));
        for (Jar jar : lock.jars()) {
            String sha256 = sha256(lib.resolve(jar.file()));
            if (sha256 == null) {
                found.add(jar.file() + " is missing: lib add " + askedFor(jar, lock));
            } else if (!sha256.equals(jar.sha256())) {
                found.add(jar.file() + " has changed: its SHA-256 is not that of the lock: lib add "
                        + askedFor(jar, lock));
            }
        }
        Set<String> known = lock.files();
        for (Path jar : LibFolder.jars(lib)) {
            String name = String.valueOf(jar.getFileName());
            if (!known.contains(name)) {
                found.add(name + " is unknown: no lib command has added it");
            }
            JarInLib.of(jar)
                    .carried(carried)
                    .ifPresent(version -> found.add(name + " is not used: the application has version " + version
                            + ", which goes first; delete the file"));
        }
        for (Added added : lock.added()) {
            if (!added.camel().equals(carried.camel()) && isOfCamel(added, lock)) {
                found.add(added.asked() + " is for Camel " + added.camel() + ", and the application has "
                        + carried.camel() + ": lib add " + again(added));
            }
        }
        return found;
    }

    private static @Nullable String sha256(Path file) {
        try {
            return LibFolder.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfCamel(Added added, LibLock lock) {
        return lock.jars().stream()
                .filter(jar -> jar.neededBy().contains(added.parsed().key()))
                .anyMatch(jar -> jar.parsed().isOfCamel());
    }

    private static String askedFor(Jar jar, LibLock lock) {
        return lock.added().stream()
                .filter(one -> jar.neededBy().contains(one.parsed().key()))
                .findFirst()
                .map(Added::asked)
                .orElse(jar.coordinate());
    }

    /** Without the version that somebody may have written, which was for the Camel of then. */
    private static String again(Added added) {
        return added.parsed().isOfCamel() && added.asked().contains(":")
                ? added.parsed().key()
                : added.asked();
    }
}
