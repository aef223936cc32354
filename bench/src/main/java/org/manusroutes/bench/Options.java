package org.manusroutes.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the command line asks for.
 *
 * @param rounds how often the variants of the door, and of the drain, take turns
 * @param warmUp seconds of load that a server gets before it is measured
 * @param seconds that a measured run is meant to take
 * @param events distinct signed events made before the clock runs
 * @param backlog waiting events that stand behind the door
 * @param doneRows rows of events done long ago, for the part {@code claim}
 * @param connections numbers of keep-alive connections
 * @param layout how the application is started: {@code jar} or {@code extracted}
 * @param data where PostgreSQL's files lie while it runs
 * @param against a distribution of before, measured in turn with ours
 */
record Options(
        List<String> parts,
        boolean quick,
        boolean profile,
        int rounds,
        int warmUp,
        int seconds,
        int events,
        int backlog,
        int doneRows,
        List<Integer> connections,
        String layout,
        Path data,
        Optional<Path> against) {
    static final List<String> PARTS =
            List.of("door", "steady", "drain", "latency", "start", "memory", "claim", "flood");

    static final String HELP = """
            bench/run [options] [part...]

            Parts
              door      requests a second and their times, against a hand-written receiver
              steady    the rate that is stored and drained at once without a growing backlog
              drain     events worked off a second, against a hand-written loop
              latency   from the 200 to the Slack post, at 50 events a second
              start     from the start of the process to the first 200
              memory    resident memory over 100,000 events with -Xmx256m
              claim     the drain with millions of done events in the table, against an empty one
              flood     100,000 events against a Slack that is down
              all       all of these, in this order

            Options
              --quick               everything much shorter: shows that it runs, its figures mean nothing
              --no-build            measure the distribution that is in target/
              --profile             Java Flight Recorder in our server while it is measured: its top frames
              --layout jar|extracted  java -jar, or bin/manus-webhook-routes after bin/train (jar)
              --rounds N            turns that the variants of door and drain take (3)
              --warm-up SECONDS     load before a server is measured (20)
              --seconds SECONDS     aimed-at length of a measured run (8)
              --events N            distinct signed events (100000)
              --backlog N           waiting events behind the door (100000)
              --done-rows N         done events for the part claim (10000000)
              --connections N,..    keep-alive connections (1,16,64,256)
              --against ZIP         a distribution of before, in turn with ours (door, drain, start)
              --data FOLDER         PostgreSQL's files; not there yet, deleted in the end (bench/target/postgres)
            """;

    static Options parse(String... arguments) {
        boolean quick = List.of(arguments).contains("--quick");
        List<String> parts = new ArrayList<>();
        boolean profile = false;
        int rounds = quick ? 1 : 3;
        int warmUp = quick ? 2 : 20;
        int seconds = quick ? 1 : 8;
        int events = quick ? 5_000 : 100_000;
        int backlog = quick ? 2_000 : 100_000;
        int doneRows = quick ? 50_000 : 10_000_000;
        List<Integer> connections = quick ? List.of(1, 64) : List.of(1, 16, 64, 256);
        String layout = "jar";
        Path data = folder().resolve("postgres");
        Optional<Path> against = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--quick", "--no-build" -> {}
                case "--profile" -> profile = true;
                case "--rounds" -> rounds = number(arguments, ++i);
                case "--warm-up" -> warmUp = number(arguments, ++i);
                case "--seconds" -> seconds = number(arguments, ++i);
                case "--events" -> events = number(arguments, ++i);
                case "--backlog" -> backlog = number(arguments, ++i);
                case "--done-rows" -> doneRows = number(arguments, ++i);
                case "--connections" ->
                    connections = Stream.of(value(arguments, ++i).split(","))
                            .map(Integer::valueOf)
                            .toList();
                case "--layout" -> layout = value(arguments, ++i);
                case "--against" -> against = Optional.of(Path.of(value(arguments, ++i)));
                case "--data" -> data = Path.of(value(arguments, ++i));
                case "all" -> parts.addAll(PARTS);
                default -> {
                    if (!PARTS.contains(argument)) {
                        throw new IllegalArgumentException("unknown: " + argument + "\n\n" + HELP);
                    }
                    parts.add(argument);
                }
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(HELP);
        }
        if (!List.of("jar", "extracted").contains(layout)) {
            throw new IllegalArgumentException("--layout: jar or extracted, not " + layout);
        }
        return new Options(
                parts,
                quick,
                profile,
                rounds,
                warmUp,
                seconds,
                events,
                backlog,
                doneRows,
                connections,
                layout,
                data,
                against);
    }

    /** Where everything goes that a run leaves behind. */
    static Path folder() {
        return Path.of("bench", "target");
    }

    private static int number(String[] arguments, int i) {
        return Integer.parseInt(value(arguments, i).replace("_", ""));
    }

    private static String value(String[] arguments, int i) {
        if (i >= arguments.length) {
            throw new IllegalArgumentException(arguments[i - 1] + " needs a value");
        }
        return arguments[i];
    }
}
