package org.manusroutes.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Resident memory while events come in and are worked off, with a heap of 256 MiB. */
final class MemoryPart {
    private static final int STEPS = 5;

    private final Lab lab;

    MemoryPart(Lab lab) {
        this.lab = lab;
    }

    void run() throws IOException {
        int count = lab.requests().count();
        lab.report().title("memory");
        lab.report()
                .line("-Xmx256m, 64 connections as fast as the door takes them, record and Slack drained meanwhile.");
        Report.Table table = new Report.Table("events", "stored/s", "waiting", "RSS MiB");
        String database = lab.postgres().fresh("memory");
        Inbox inbox = new Inbox(lab.postgres(), database);
        try (HttpSink slack = new HttpSink()) {
            Map<String, String> settings = new HashMap<>(slack.settings());
            settings.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
            try (Server server = lab.servers().readyApplication("memory", database, settings)) {
                table.row("0", "", "0", Long.toString(server.residentMiB()));
                for (int step = 0; step < STEPS; step++) {
                    int[] order = Load.each(step * count / STEPS, (step + 1) * count / STEPS);
                    Load.Result result = new Load(server.port(), lab.requests(), order, 64).run();
                    if (result.received() < order.length) {
                        lab.report().line("not all stored: %s", result.errors());
                    }
                    table.row(
                            Report.format("%,d", (step + 1) * count / STEPS),
                            Report.format("%,.0f", result.aSecond()),
                            Report.format("%,d", inbox.waiting()),
                            Long.toString(server.residentMiB()));
                }
                inbox.awaitDrained(600);
                table.row("all done", "", "0", Long.toString(server.residentMiB()));
            }
        }
        lab.report().table(table);
    }
}
