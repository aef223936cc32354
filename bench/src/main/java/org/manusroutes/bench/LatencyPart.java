package org.manusroutes.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** From the 200 to the Slack post of the same event, while events come evenly. */
final class LatencyPart {
    private static final int RATE = 50;

    private final Lab lab;

    LatencyPart(Lab lab) {
        this.lab = lab;
    }

    void run() throws IOException {
        lab.report().title("latency");
        String database = lab.postgres().fresh("latency");
        try (HttpSink slack = new HttpSink();
                Server server = lab.servers().readyApplication("latency", database, slack.settings())) {
            int warm = Math.min(lab.requests().count() / 2, RATE * lab.options().warmUp() * 10);
            send(server, Load.each(0, warm), RATE * 10, (number, at) -> {});
            await(slack, warm);
            int count = Math.min(
                    lab.requests().count() - warm, RATE * (lab.options().quick() ? 4 : 30));
            Map<Integer, Long> answers = new ConcurrentHashMap<>();
            Usage before = Usage.now(server, lab.postgres());
            send(server, Load.each(warm, warm + count), RATE, answers::put);
            Usage usage = Usage.now(server, lab.postgres()).since(before);
            await(slack, warm + count);
            double[] millis = answers.entrySet().stream()
                    .mapToDouble(answer -> (slack.arrivals().get(answer.getKey()) - answer.getValue()) / 1e6)
                    .sorted()
                    .toArray();
            lab.report()
                    .line(
                            "%,d events at %d a second, after %,d to warm up; others took %.0f %% of the CPUs."
                                    + " Below zero: posted before the sender had read its 200.",
                            count, RATE, warm, usage.othersPercent());
            lab.report()
                    .table(new Report.Table("", "p50 ms", "p95 ms", "p99 ms", "max ms")
                            .row(
                                    "200 to Slack post",
                                    quantile(millis, 0.5),
                                    quantile(millis, 0.95),
                                    quantile(millis, 0.99),
                                    quantile(millis, 1)));
        }
    }

    private void send(Server server, int[] order, double rate, Load.Watcher watcher) throws IOException {
        Load.Result result = new Load(server.port(), lab.requests(), order, 32)
                .rate(rate)
                .watchedBy(watcher)
                .run();
        if (result.received() < order.length) {
            throw new IllegalStateException("not all stored: " + result.errors());
        }
    }

    private static void await(HttpSink slack, int posts) {
        for (int i = 0; i < 1200 && slack.arrivals().size() < posts; i++) {
            Server.pause(100);
        }
        if (slack.arrivals().size() < posts) {
            throw new IllegalStateException(
                    "after two minutes " + slack.arrivals().size() + " of " + posts + " events are on Slack");
        }
    }

    private static String quantile(double[] sorted, double quantile) {
        return Report.format("%.1f", sorted[(int) Math.max(0, Math.ceil(quantile * sorted.length) - 1)]);
    }
}
