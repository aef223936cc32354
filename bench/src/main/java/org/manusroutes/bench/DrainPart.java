package org.manusroutes.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manusroutes.bench.baseline.HandWrittenLoop;

/** Events worked off a second, with more and more steps, against a hand-written loop that does the same calls. */
final class DrainPart {
    /** More than this many a second would empty the inbox before the end; generous. */
    private static final int FASTEST = 6000;

    private final Lab lab;

    DrainPart(Lab lab) {
        this.lab = lab;
    }

    void run() throws IOException {
        lab.report().title("drain");
        lab.report()
                .line(
                        "16 workers, an inbox of waiting events, sinks on this machine that say yes at once; against 16"
                                + " threads that do the same calls and keep nothing. Medians of %d starts, taken in turn.",
                        lab.options().rounds());
        Report.Table table = new Report.Table("", "a second", "ratio", "CPU ms", "database ms", "others' CPU %");
        try (HttpSink slack = new HttpSink();
                SmtpSink mail = new SmtpSink()) {
            Map<String, String> settings = new HashMap<>();
            rows(table, "record", settings, slack, mail, FASTEST);
            settings.putAll(slack.settings());
            rows(table, "record, Slack", settings, slack, mail, FASTEST / 2);
            settings.putAll(mail.settings());
            rows(table, "record, Slack, mail", settings, slack, mail, FASTEST / 4);
        }
        lab.report().table(table);
    }

    private void rows(
            Report.Table table, String name, Map<String, String> settings, HttpSink slack, SmtpSink mail, int fastest)
            throws IOException {
        String slackUrl = withSlack(settings) ? slack.url() : "-";
        int mailPort = withMail(settings) ? mail.port() : 0;
        Map<String, List<Drain.Rate>> rates = new LinkedHashMap<>();
        for (int round = 0; round < lab.options().rounds(); round++) {
            rates.computeIfAbsent("by hand", who -> new ArrayList<>())
                    .add(new Drain(lab).handWritten(HandWrittenLoop.class, slackUrl, mailPort));
            for (Map.Entry<String, Servers> one : lab.distributions().entrySet()) {
                rates.computeIfAbsent(one.getKey(), who -> new ArrayList<>())
                        .add(ours(one.getValue(), settings, slack, mail, fastest));
            }
            rates.forEach((who, some) -> lab.report()
                    .progress(
                            "%s, %s: %,.0f/s",
                            name, who, some.get(some.size() - 1).aSecond()));
        }
        List<Drain.Rate> hand = rates.get("by hand");
        rates.forEach((who, some) -> table.row(
                name + ", " + who,
                Figures.median(some, "%,.0f", Drain.Rate::aSecond),
                Figures.ratio(some, hand, Drain.Rate::aSecond),
                Figures.median(some, "%.2f", Drain.Rate::serverMillis),
                Figures.median(some, "%.2f", Drain.Rate::databaseMillis),
                Figures.median(some, "%.0f", rate -> rate.usage().othersPercent())));
        if (rates.containsKey("before")) {
            lab.report()
                    .line(
                            "%s: ours against before %s",
                            name, Figures.ratio(rates.get("ours"), rates.get("before"), Drain.Rate::aSecond));
        }
    }

    private Drain.Rate ours(Servers servers, Map<String, String> settings, HttpSink slack, SmtpSink mail, int fastest)
            throws IOException {
        Drain drain = new Drain(lab);
        String database = servers.migrated("drain");
        Inbox inbox = new Inbox(lab.postgres(), database);
        inbox.reset(drain.enough(fastest), "current_timestamp");
        slack.forget();
        int mailsBefore = mail.mails();
        Drain.Rate rate = drain.ours(servers, database, settings);
        long done = inbox.count("done");
        mustHaveSeen(withSlack(settings) ? slack.posts() : done, done, "Slack posts");
        mustHaveSeen(withMail(settings) ? mail.mails() - mailsBefore : done, done, "mails");
        lab.postgres().drop(database);
        return rate;
    }

    private static boolean withSlack(Map<String, String> settings) {
        return settings.containsKey("MANUS_SLACK_TOKEN");
    }

    private static boolean withMail(Map<String, String> settings) {
        return settings.containsKey("MANUS_MAIL_HOST");
    }

    /** A drain whose steps were skipped would be fast. */
    private void mustHaveSeen(long seen, long done, String what) {
        if (seen < done) {
            throw new IllegalStateException("%,d events are done, with only %,d %s".formatted(done, seen, what));
        }
    }
}
