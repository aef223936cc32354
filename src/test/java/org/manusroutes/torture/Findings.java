package org.manusroutes.torture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is not as it should be, by kind of wrong; one line for each case. */
final class Findings {
    private final Map<String, List<String>> wrong = new LinkedHashMap<>();

    /** So that a kind of which nothing was found is shown too. */
    void lookFor(String kind) {
        wrong.computeIfAbsent(kind, first -> new ArrayList<>());
    }

    void add(String kind, String line) {
        lookFor(kind);
        wrong.get(kind).add(line);
    }

    Map<String, List<String>> all() {
        return wrong;
    }

    List<String> lines() {
        return wrong.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(line -> entry.getKey() + ": " + line))
                .toList();
    }
}
