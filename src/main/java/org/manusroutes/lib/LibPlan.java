package org.manusroutes.lib;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.manusroutes.lib.LibLock.Added;
import org.manusroutes.lib.LibLock.Jar;

/** Decides what the lock is to say, without a look at a disk or a network. */
final class LibPlan {
    private LibPlan() {}

    /**
     * Why a jar is not to be asked for.
     *
     * @throws IllegalArgumentException for one that the application would not use, or that is for another Camel
     */
    static boolean isCarried(Coordinate wanted, Carried carried) {
        refuseOtherCamel(wanted, carried);
        return carried.version(wanted)
                .map(version -> {
                    if (wanted.version() != null && !wanted.version().equals(version)) {
                        throw new IllegalArgumentException("the application has " + wanted.key() + " " + version
                                + ", which goes first: " + wanted.version() + " in lib/ would not be used");
                    }
                    return true;
                })
                .orElse(false);
    }

    /** @throws IllegalArgumentException for a jar of another minor version */
    static void refuseOtherCamel(Coordinate jar, Carried carried) {
        String version = jar.version();
        if (version != null
                && jar.isOfCamel()
                && !Coordinate.minor(version).equals(Coordinate.minor(carried.camel()))) {
            throw new IllegalArgumentException(jar + " is for another Camel: the application has " + carried.camel()
                    + "; leave the version out, and the right one is taken");
        }
    }

    /**
     * The lock with one more, or with it anew: the jars that only its former version needed are gone.
     *
     * @param jars all that it needs; who needs them is put in here
     */
    static LibLock with(LibLock lock, Added added, List<Jar> jars, String application) {
        String key = added.parsed().key();
        LibLock without = without(lock, key, application);
        Map<String, Jar> all = new LinkedHashMap<>();
        without.jars().forEach(jar -> all.put(jar.parsed().key(), jar));
        for (Jar jar : jars) {
            Jar known = all.get(jar.parsed().key());
            Stream<String> others = known == null ? Stream.of() : known.neededBy().stream();
            all.put(
                    jar.parsed().key(),
                    jar.neededBy(Stream.concat(others, Stream.of(key)).sorted().toList()));
        }
        return new LibLock(
                application,
                Stream.concat(without.added().stream(), Stream.of(added)).toList(),
                all.values().stream().sorted(Comparator.comparing(Jar::file)).toList());
    }

    /** The lock without one of those that were added, and the jars that only this one needed. */
    static LibLock without(LibLock lock, String key, String application) {
        List<Jar> left = new ArrayList<>();
        for (Jar jar : lock.jars()) {
            List<String> others =
                    jar.neededBy().stream().filter(one -> !one.equals(key)).toList();
            if (!others.isEmpty()) {
                left.add(jar.neededBy(others));
            }
        }
        return new LibLock(
                application,
                lock.added().stream()
                        .filter(one -> !one.parsed().key().equals(key))
                        .toList(),
                left);
    }
}
