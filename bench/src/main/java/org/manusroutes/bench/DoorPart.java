package org.manusroutes.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests a second at the door, against the hand-written receiver; all take turns on one PostgreSQL. */
final class DoorPart {
    private static final int WARM_UP_CONNECTIONS = 64;

    private final Lab lab;
    private final Options options;
    private final Report report;

    DoorPart(Lab lab) {
        this.lab = lab;
        this.options = lab.options();
        this.report = lab.report();
    }

    void run() throws Exception {
        report.title("door");
        report.line(
                "Medians of %d rounds; ratios are medians of each round's ratio to the baseline. Behind ours stand %,d"
                        + " waiting events; its workers are kept idle (what is stored is due in ten years) except in the"
                        + " last variant, where they drain at once.",
                options.rounds(), options.backlog());
        List<Door> doors = new ArrayList<>();
        try {
            doors.add(baseline());
            for (String mode : List.of("off", "required")) {
                lab.distributions()
                        .forEach((name, servers) -> doors.add(open(name + ", signature " + mode, servers, mode, true)));
            }
            doors.add(open("ours, off, draining", lab.servers(), "off", false));
            for (Door door : doors) {
                double rate = door.warmUp(lab, WARM_UP_CONNECTIONS, options.warmUp());
                report.progress("%s: warmed up at %,.0f/s", door.name(), rate);
            }
            for (int connections : options.connections()) {
                report.title(connections + (connections == 1 ? " connection" : " connections"));
                turns(doors, connections, false);
            }
            report.title("half of them duplicates, 64 connections");
            turns(doors.subList(0, doors.size() - 1), 64, true);
        } finally {
            doors.forEach(Door::close);
        }
    }

    private Door baseline() {
        String database = lab.postgres().fresh("baseline");
        Server server = lab.servers().readyReceiver("door-baseline", database);
        return new Door(
                "baseline",
                server,
                () -> lab.postgres()
                        .execute(database, "truncate webhook_event", "vacuum analyze webhook_event", "checkpoint"));
    }

    private Door open(String name, Servers servers, String signature, boolean held) {
        String database = lab.postgres().fresh("ours");
        Server server = servers.readyApplication(
                "door-" + name.replaceAll("\\W+", "-"), database, Map.of("MANUS_WEBHOOK_SIGNATURE", signature));
        Inbox inbox = new Inbox(lab.postgres(), database);
        if (held) {
            inbox.hold();
        }
        String due = held ? "current_timestamp + interval '10 years'" : "current_timestamp";
        return new Door(name, server, () -> {
            if (held && !inbox.held()) {
                throw new IllegalStateException("the workers were at work; they should have been held");
            }
            inbox.reset(options.backlog(), due);
        });
    }

    private void turns(List<Door> doors, int connections, boolean duplicates) throws IOException {
        Map<Door, Integer> counts = new LinkedHashMap<>();
        for (Door door : doors) {
            double rate = door.warmUp(lab, connections, Math.min(2, options.warmUp()));
            int count = (int) (rate * options.seconds());
            counts.put(door, Math.max(10, Math.min(count, lab.requests().count())) / 2 * 2);
        }
        Map<Door, List<Door.Run>> runs = new LinkedHashMap<>();
        for (int round = 0; round < options.rounds(); round++) {
            for (Door door : doors) {
                int count = counts.get(door);
                int[] order = duplicates ? Load.withDuplicates(count) : Load.each(count);
                Door.Run run = profiled(door, connections)
                        ? Profile.during(door.server(), report, () -> door.measure(lab, connections, order))
                        : door.measure(lab, connections, order);
                check(door, run, duplicates);
                runs.computeIfAbsent(door, d -> new ArrayList<>()).add(run);
                report.progress(
                        "round %d: %s: %,.0f/s",
                        round + 1, door.name(), run.load().aSecond());
            }
        }
        table(runs);
    }

    private boolean profiled(Door door, int connections) {
        return options.profile()
                && connections == WARM_UP_CONNECTIONS
                && !door.name().equals("baseline");
    }

    private void check(Door door, Door.Run run, boolean duplicates) {
        Load.Result load = run.load();
        Door.check(load, door.name());
        if (load.errorCount() > 0) {
            report.line("%s: %s", door.name(), load.errors());
        }
        int fresh = duplicates ? load.requests() / 2 : load.requests();
        if (load.received() + load.errorCount() < fresh || load.received() > fresh) {
            report.line(
                    "%s: %,d events were sent, %,d answered `received`, %,d `already_processed`",
                    door.name(), fresh, load.received(), load.known());
        }
    }

    private void table(Map<Door, List<Door.Run>> runs) {
        List<Door.Run> baseline = runs.values().iterator().next();
        Report.Table table = new Report.Table(
                "",
                "requests/s",
                "ratio",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "p99 ratio",
                "max ms",
                "errors",
                "server CPU s/1000",
                "database CPU s/1000",
                "RSS MiB",
                "others' CPU %");
        runs.forEach((door, ours) -> table.row(
                door.name(),
                Figures.median(ours, "%,.0f", run -> run.load().aSecond()),
                Figures.ratio(ours, baseline, run -> run.load().aSecond()),
                Figures.median(ours, "%.1f", run -> run.load().millis(0.5)),
                Figures.median(ours, "%.1f", run -> run.load().millis(0.95)),
                Figures.median(ours, "%.1f", run -> run.load().millis(0.99)),
                Figures.ratio(ours, baseline, run -> run.load().millis(0.99)),
                Figures.median(ours, "%.0f", run -> run.load().millis(1)),
                Integer.toString(
                        ours.stream().mapToInt(run -> run.load().errorCount()).sum()),
                Figures.median(ours, "%.2f", Door.Run::serverCpuOf1000),
                Figures.median(ours, "%.2f", Door.Run::databaseCpuOf1000),
                Figures.median(ours, "%.0f", Door.Run::residentMiB),
                Figures.median(ours, "%.0f", run -> run.usage().othersPercent())));
        report.table(table);
    }
}
