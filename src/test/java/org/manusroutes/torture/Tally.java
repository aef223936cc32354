package org.manusroutes.torture;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often each thing happened. */
final class Tally {
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    void add(String what) {
        add(what, 1);
    }

    void add(String what, int times) {
        counts.computeIfAbsent(what, first -> new AtomicInteger()).addAndGet(times);
    }

    int of(String what) {
        AtomicInteger count = counts.get(what);
        return count == null ? 0 : count.get();
    }

    /** In the order of the alphabet. */
    Map<String, Integer> all() {
        Map<String, Integer> sorted = new TreeMap<>();
        counts.forEach((what, count) -> sorted.put(what, count.get()));
        return sorted;
    }
}
