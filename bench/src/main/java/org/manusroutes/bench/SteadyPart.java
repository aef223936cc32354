package org.manusroutes.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The rate at which events can come for ever: stored and drained at once, without a backlog that grows. */
final class SteadyPart {
    private static final int CONNECTIONS = 64;
    private static final int HALVINGS = 4;

    private final Lab lab;

    SteadyPart(Lab lab) {
        this.lab = lab;
    }

    /** One rate tried; {@code backlog}: events not done at its end. */
    private record Trial(double rate, Load.Result load, long backlog, Usage usage) {
        /** A second's worth may be under way. */
        boolean held() {
            return load.errorCount() == 0 && load.aSecond() > 0.95 * rate && backlog <= rate;
        }
    }

    void run() throws IOException {
        lab.report().title("steady");
        lab.report()
                .line(
                        "Events come evenly for %d s at rates found by halving; a rate holds when at its end no more than"
                                + " one second's worth is not done, and every request was answered with 200.",
                        seconds());
        Report.Table table = new Report.Table(
                "",
                "holds/s",
                "fails at/s",
                "door p50 ms",
                "door p99 ms",
                "server CPU ms",
                "database CPU ms",
                "others' CPU %");
        try (HttpSink slack = new HttpSink()) {
            Map<String, String> settings = new HashMap<>();
            row(table, "record", settings);
            settings.putAll(slack.settings());
            row(table, "record, Slack", settings);
        }
        lab.report().table(table);
    }

    private int seconds() {
        return lab.options().quick() ? 2 : 12;
    }

    private void row(Report.Table table, String name, Map<String, String> settings) throws IOException {
        String database = lab.postgres().fresh("steady");
        Inbox inbox = new Inbox(lab.postgres(), database);
        try (Server server = lab.servers().readyApplication("steady", database, settings)) {
            warmUp(server, inbox);
            Trial best = null;
            double low = 0;
            double high = 0;
            for (double rate = 250; high == 0; rate *= 2) {
                Trial trial = trial(server, inbox, rate);
                if (trial.held()) {
                    low = rate;
                    best = trial;
                } else {
                    high = rate;
                }
            }
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (low + high) / 2;
                Trial trial = trial(server, inbox, middle);
                if (trial.held()) {
                    low = middle;
                    best = trial;
                } else {
                    high = middle;
                }
            }
            if (best == null) {
                table.row(name, "none", Report.format("%,.0f", high));
                return;
            }
            if (lab.options().profile()) {
                double rate = best.rate();
                Profile.during(server, lab.report(), () -> trial(server, inbox, rate));
            }
            Load.Result load = best.load();
            table.row(
                    name,
                    Report.format("%,.0f", low),
                    Report.format("%,.0f", high),
                    Report.format("%.1f", load.millis(0.5)),
                    Report.format("%.1f", load.millis(0.99)),
                    Report.format("%.2f", best.usage().server() * 1000 / load.requests()),
                    Report.format("%.2f", best.usage().database() * 1000 / load.requests()),
                    Report.format("%.0f", best.usage().othersPercent()));
        }
        lab.postgres().drop(database);
    }

    private void warmUp(Server server, Inbox inbox) throws IOException {
        int count = lab.requests().count();
        new Load(server.port(), lab.requests(), Load.each(count), 16)
                .endsAfter(lab.options().warmUp())
                .run();
        inbox.awaitDrained(600);
    }

    /** A rate fails when it fails twice: the first time the JVM may still have been compiling for it. */
    private Trial trial(Server server, Inbox inbox, double rate) throws IOException {
        Trial trial = tryOnce(server, inbox, rate);
        return trial.held() ? trial : tryOnce(server, inbox, rate);
    }

    private Trial tryOnce(Server server, Inbox inbox, double rate) throws IOException {
        inbox.awaitDrained(600);
        inbox.reset(0, "current_timestamp");
        int count = (int) Math.min(lab.requests().count(), rate * seconds());
        Usage before = Usage.now(server, lab.postgres());
        Load.Result load = new Load(server.port(), lab.requests(), Load.each(count), CONNECTIONS)
                .rate(rate)
                .run();
        long backlog = inbox.waiting();
        Trial trial =
                new Trial(rate, load, backlog, Usage.now(server, lab.postgres()).since(before));
        lab.report()
                .progress(
                        "%,.0f/s: %s, %,d not done, %s",
                        rate, trial.held() ? "holds" : "fails", backlog, load.errors());
        return trial;
    }
}
