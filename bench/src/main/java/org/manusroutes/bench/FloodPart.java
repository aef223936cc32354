package org.manusroutes.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A flood of events while Slack is down: what the door and the memory do, and in which order Slack learns of them. */
final class FloodPart {
    private static final int CONNECTIONS = 64;

    private final Lab lab;

    FloodPart(Lab lab) {
        this.lab = lab;
    }

    private interface Harm {
        void to(HttpSink slack) throws IOException;
    }

    void run() throws IOException {
        lab.report().title("flood");
        int count = lab.requests().count();
        lab.report()
                .line(
                        "The first fifth of %,d events comes while Slack answers, the rest while it does not; %d connections,"
                                + " -Xmx256m; retries after 2 s to 10 s; Slack's pacing switched off. Then Slack is back. Out of"
                                + " order: how many places from the order of arrival a post came.",
                        count, CONNECTIONS);
        Report.Table table = new Report.Table(
                "Slack",
                "p99 before",
                "p99 while down",
                "ratio",
                "max while down",
                "errors",
                "RSS before",
                "RSS while down",
                "RSS after",
                "drained/s",
                "out of order p50",
                "p99",
                "missing");
        row(table, "refuses connections", HttpSink::refuse);
        row(table, "never answers", HttpSink::fallSilent);
        lab.report().table(table);
        pace();
    }

    private void row(Report.Table table, String name, Harm harm) throws IOException {
        int count = lab.requests().count();
        String database = lab.postgres().fresh("flood");
        Inbox inbox = new Inbox(lab.postgres(), database);
        try (HttpSink slack = new HttpSink()) {
            Map<String, String> settings = new HashMap<>(slack.settings());
            settings.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
            settings.put("MANUS_INBOX_RETRY_FIRST_DELAY", "2s");
            settings.put("MANUS_INBOX_RETRY_MAX_DELAY", "10s");
            settings.put("MANUS_INBOX_RETRY_ATTEMPTS", "1000");
            try (Server server = lab.servers().readyApplication("flood", database, settings)) {
                warmUp(server, inbox);
                slack.forget();
                Load.Result before = load(server, 0, count / 5);
                long memoryBefore = server.residentMiB();
                harm.to(slack);
                Load.Result down = load(server, count / 5, count);
                long memoryDown = server.residentMiB();
                lab.report().progress("%s: stored %,.0f/s, %,d wait", name, down.aSecond(), inbox.waiting());
                int known = slack.order().size();
                slack.comeBack();
                double from = System.nanoTime() / 1e9;
                inbox.awaitDrained(1800);
                double seconds = System.nanoTime() / 1e9 - from;
                List<Integer> posts = slack.order();
                double[] places = displacements(posts.subList(known, posts.size()));
                table.row(
                        name,
                        Report.format("%.1f", before.millis(0.99)),
                        Report.format("%.1f", down.millis(0.99)),
                        Report.format("%.2f x", down.millis(0.99) / before.millis(0.99)),
                        Report.format("%.0f", down.millis(1)),
                        Integer.toString(before.errorCount() + down.errorCount()),
                        Long.toString(memoryBefore),
                        Long.toString(memoryDown),
                        Long.toString(server.residentMiB()),
                        Report.format("%,.0f", (posts.size() - known) / seconds),
                        Report.format("%,.0f", places[places.length / 2]),
                        Report.format("%,.0f", places[places.length * 99 / 100]),
                        Report.format("%,d", count - slack.arrivals().size()));
            }
        }
        lab.postgres().drop(database);
    }

    private void warmUp(Server server, Inbox inbox) throws IOException {
        new Load(server.port(), lab.requests(), Load.each(lab.requests().count()), CONNECTIONS)
                .endsAfter(lab.options().warmUp() / 2.0)
                .run();
        inbox.awaitDrained(600);
        inbox.reset(0, "current_timestamp");
    }

    private Load.Result load(Server server, int from, int to) throws IOException {
        return new Load(server.port(), lab.requests(), Load.each(from, to), CONNECTIONS).run();
    }

    /** By how many places each post is away from where it would stand in the order of the events; ascending. */
    private static double[] displacements(List<Integer> posts) {
        if (posts.isEmpty()) {
            throw new IllegalStateException("nothing was posted after Slack came back");
        }
        int[] sorted = posts.stream().mapToInt(Integer::intValue).sorted().toArray();
        double[] places = new double[posts.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.abs(i - Arrays.binarySearch(sorted, posts.get(i)));
        }
        Arrays.sort(places);
        return places;
    }

    /** What a channel gets a second by default, with more waiting. */
    private void pace() throws IOException {
        int count = Math.min(500, lab.requests().count());
        int seconds = lab.options().quick() ? 5 : 30;
        String database = lab.postgres().fresh("pace");
        try (HttpSink slack = new HttpSink()) {
            Map<String, String> settings = new HashMap<>(slack.settings());
            settings.put("MANUS_SLACK_MESSAGES_PER_SECOND", "1");
            try (Server server = lab.servers().readyApplication("flood-pace", database, settings)) {
                load(server, 0, count);
                int before = slack.posts();
                Server.pause(seconds * 1000L);
                lab.report()
                        .line(
                                "With `manus.slack.messages-per-second: 1`, of %d waiting events %.2f a second are posted.",
                                count, (slack.posts() - before) / (double) seconds);
            }
        }
    }
}
