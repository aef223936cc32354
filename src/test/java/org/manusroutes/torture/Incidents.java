package org.manusroutes.torture;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What was done to the nodes and the database, and when: the only excuses for a message that came twice. */
final class Incidents {
    /** From a message's being taken until its ledger row is safe. */
    private static final long BEFORE = TimeUnit.SECONDS.toNanos(10);

    /** Until a receiver has noted what was sent to it by a process that is dead by now. */
    private static final long AFTER = TimeUnit.SECONDS.toNanos(2);

    private final Queue<Incident> all = new ConcurrentLinkedQueue<>();

    /**
     * @param mayRepeat how many messages of one receiver it can make come twice: those between taking and ledger row
     */
    Incident begin(String kind, int mayRepeat) {
        Incident incident = new Incident(kind, mayRepeat);
        all.add(incident);
        return incident;
    }

    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        all.forEach(incident -> counts.merge(incident.kind, 1, Integer::sum));
        return counts;
    }

    /** Those that could have kept the ledger from learning of a message taken then; the nearest first. */
    List<Incident> between(long taken, long takenAgain) {
        return all.stream()
                .filter(incident -> incident.from <= Math.min(taken + BEFORE, takenAgain)
                        && incident.to + AFTER >= taken
                        && incident.mayRepeat > 0)
                .sorted(Comparator.comparingLong(incident -> Math.abs(incident.from - taken)))
                .toList();
    }

    /** For people: what was done in the half minute before and after, with seconds from then. */
    String around(long nanos) {
        return all.stream()
                .filter(incident -> Math.abs(incident.from - nanos) < TimeUnit.SECONDS.toNanos(30))
                .map(incident -> String.format(
                        "%s from %.1f to %.1f s",
                        incident.kind, (incident.from - nanos) / 1e9, (incident.to - nanos) / 1e9))
                .collect(Collectors.joining(", ", "around it: ", ""));
    }

    List<Incident> all() {
        return List.copyOf(all);
    }

    static final class Incident implements AutoCloseable {
        final String kind;
        final int mayRepeat;
        final long from = System.nanoTime();
        private volatile long to = Long.MAX_VALUE / 2;

        private Incident(String kind, int mayRepeat) {
            this.kind = kind;
            this.mayRepeat = mayRepeat;
        }

        /** Its end. */
        @Override
        public void close() {
            to = System.nanoTime();
        }
    }
}
