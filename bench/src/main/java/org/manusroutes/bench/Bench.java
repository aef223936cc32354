package org.manusroutes.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Starts everything that a measurement needs, and runs the parts that were asked for. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            if (arguments.length > 0 && arguments[0].equals("--help")) {
                System.out.println(Options.HELP);
                return;
            }
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Path folder = Options.folder();
        Report report = new Report(
                folder.resolve("results-" + Runtime.version().feature() + (options.quick() ? "-quick" : "") + ".md"));
        Requests requests = Requests.of(options.events(), folder, report);
        Path data = options.data();
        if (data.startsWith(folder)) {
            Servers.delete(data); // left by a run that was killed
        } else if (Files.exists(data)) {
            throw new IllegalArgumentException("--data " + data + " is there already, and would be deleted in the end");
        }
        try (Postgres postgres = new Postgres(data)) {
            Servers servers = new Servers("distribution", Servers.built(), options.layout(), postgres, requests);
            Optional<Servers> before = options.against().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Servers(
                            "distribution-before", options.against().get(), options.layout(), postgres, requests));
            Lab lab = new Lab(options, report, postgres, servers, before, requests);
            machine(lab);
            for (String part : options.parts()) {
                run(part, lab);
            }
        } finally {
            Servers.delete(data);
        }
        System.exit(0);
    }

    private static void run(String part, Lab lab) throws Exception {
        switch (part) {
            case "door" -> new DoorPart(lab).run();
            case "steady" -> new SteadyPart(lab).run();
            case "drain" -> new DrainPart(lab).run();
            case "latency" -> new LatencyPart(lab).run();
            case "start" -> new StartPart(lab).run();
            case "memory" -> new MemoryPart(lab).run();
            case "claim" -> new ClaimPart(lab).run();
            case "flood" -> new FloodPart(lab).run();
            default -> throw new IllegalArgumentException(part);
        }
    }

    private static void machine(Lab lab) {
        lab.report().title("Benchmark of " + Instant.now().truncatedTo(ChronoUnit.MINUTES));
        lab.report()
                .line(
                        "%d CPUs that carry the servers, PostgreSQL, the sinks and the load; %s %s; JVM %s %s; PostgreSQL %s:"
                                + " fsync %s, synchronous_commit %s%s",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.vendor"),
                        Runtime.version(),
                        lab.postgres().setting("server_version"),
                        lab.postgres().setting("fsync"),
                        lab.postgres().setting("synchronous_commit"),
                        lab.options().quick() ? "; --quick: THE FIGURES MEAN NOTHING" : "");
    }
}
