package org.manusroutes.bundle.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.manusroutes.bundle.EngineContract;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteFile;
import org.manusroutes.bundle.check.Uses.EndpointUse;
import org.manusroutes.text.Suggestion;

/** Who calls whom: every {@code direct:} has one route that listens, and no event runs in a circle. */
final class BundleGraph {

    private final Consumer<Problem> problems;
    /** Listeners by direct name. */
    private final Map<String, List<EndpointUse>> listeners = new TreeMap<>();
    /** Calls by the file that makes them. */
    private final Map<String, List<EndpointUse>> calls = new LinkedHashMap<>();
    /** Files whose routes are started by something else than a call. */
    private final Set<String> selfStarting = new LinkedHashSet<>();

    BundleGraph(Consumer<Problem> problems) {
        this.problems = problems;
    }

    void add(RouteFile file, Uses uses) {
        for (EndpointUse use : uses.endpoints()) {
            String direct = use.scheme().equals("direct") ? use.directName() : null;
            if (use.step().equals("from")) {
                if (direct == null) {
                    selfStarting.add(file.id());
                } else {
                    listeners.computeIfAbsent(direct, name -> new ArrayList<>()).add(use);
                }
            } else if (direct != null) {
                calls.computeIfAbsent(file.id(), id -> new ArrayList<>()).add(use);
            }
        }
    }

    /** A file that cannot be read is said to be so; that its callers miss it is not. */
    void assume(RouteFile file) {
        listeners
                .computeIfAbsent(file.id(), name -> new ArrayList<>())
                .add(new EndpointUse(Place.of(file), "from", "direct", Map.of(), true));
    }

    void check() {
        listeners.forEach((name, all) -> all.stream()
                .skip(1)
                .forEach(second -> problems.accept(Problem.error(
                        second.place(),
                        "direct:" + name + " has two routes that listen; the other is in "
                                + all.get(0).place().file()))));
        calls.values()
                .forEach(all -> all.forEach(call -> {
                    String name = Objects.requireNonNull(call.directName());
                    if (!listeners.containsKey(name)) {
                        Uses.Option option = call.options().get("name");
                        problems.accept(Problem.error(
                                option == null ? call.place() : option.place(),
                                "no route listens on direct:" + name,
                                Suggestion.of(name, listeners.keySet())));
                    }
                }));
        if (!listeners.containsKey(EngineContract.ENTRY)) {
            problems.accept(Problem.error(
                    new Place(EngineContract.ENTRY + RouteFile.SUFFIX, 1, 1),
                    "there is no route " + EngineContract.ENTRY + "; the engine hands each event to it"));
        } else {
            warnOfUnreachable();
        }
        findCircles();
    }

    private void warnOfUnreachable() {
        Set<String> reached = new LinkedHashSet<>(selfStarting);
        reached.add(EngineContract.ENTRY);
        Deque<String> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            for (EndpointUse call : calls.getOrDefault(next.remove(), List.of())) {
                String name = Objects.requireNonNull(call.directName());
                if (reached.add(name)) {
                    next.add(name);
                }
            }
        }
        listeners.forEach((name, all) -> {
            if (!reached.contains(name)) {
                problems.accept(Problem.warning(all.get(0).place(), "nothing calls direct:" + name));
            }
        });
    }

    private void findCircles() {
        Set<String> clear = new LinkedHashSet<>();
        calls.keySet().forEach(start -> follow(start, new LinkedHashMap<>(), clear));
    }

    /**
     * Depth first; a circle is said once, at the call that closes it.
     *
     * @param path the routes on the way here, in their order, each with whether its call is made for every event
     */
    private void follow(String route, Map<String, Boolean> path, Set<String> clear) {
        if (clear.contains(route)) {
            return;
        }
        for (EndpointUse call : calls.getOrDefault(route, List.of())) {
            path.put(route, call.sure());
            String name = Objects.requireNonNull(call.directName());
            if (path.containsKey(name)) {
                List<String> names = new ArrayList<>(path.keySet());
                List<String> circle = names.subList(names.indexOf(name), names.size());
                String text = String.join(" -> ", circle) + " -> " + name;
                problems.accept(
                        circle.stream().allMatch(path::get)
                                ? Problem.error(call.place(), "an event would run in a circle for ever: " + text)
                                : Problem.warning(call.place(), "an event may run in a circle: " + text));
            } else {
                follow(name, path, clear);
            }
        }
        path.remove(route);
        clear.add(route);
    }
}
