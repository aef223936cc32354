package org.manusroutes.bench;

import java.io.IOException;
import java.util.HashMap;
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
                .line("16 workers, an inbox of waiting events, sinks on this machine that say yes at once; against 16"
                        + " threads that do the same calls and keep nothing.");
        Report.Table table = new Report.Table(
                "",
                "hand-written/s",
                "ours/s",
                "ratio",
                "hand CPU ms",
                "hand database ms",
                "our CPU ms",
                "our database ms",
                "others' CPU %");
        try (HttpSink slack = new HttpSink();
                SmtpSink mail = new SmtpSink()) {
            Map<String, String> settings = new HashMap<>();
            row(table, "record", settings, slack, mail, FASTEST);
            settings.putAll(slack.settings());
            row(table, "record, Slack", settings, slack, mail, FASTEST / 2);
            settings.putAll(mail.settings());
            row(table, "record, Slack, mail", settings, slack, mail, FASTEST / 4);
        }
        lab.report().table(table);
    }

    private void row(
            Report.Table table, String name, Map<String, String> settings, HttpSink slack, SmtpSink mail, int fastest)
            throws IOException {
        Drain drain = new Drain(lab);
        boolean withSlack = settings.containsKey("MANUS_SLACK_TOKEN");
        boolean withMail = settings.containsKey("MANUS_MAIL_HOST");
        Drain.Rate hand =
                drain.handWritten(HandWrittenLoop.class, withSlack ? slack.url() : "-", withMail ? mail.port() : 0);
        lab.report().progress("%s, by hand: %,.0f/s", name, hand.aSecond());
        for (Map.Entry<String, Servers> distribution : lab.distributions().entrySet()) {
            String who = distribution.getKey();
            String database = distribution.getValue().migrated("drain");
            new Inbox(lab.postgres(), database).reset(drain.enough(fastest), "current_timestamp");
            slack.forget();
            int mailsBefore = mail.mails();
            Drain.Rate ours = drain.ours(distribution.getValue(), database, settings);
            lab.report().progress("%s, %s: %,.0f/s", name, who, ours.aSecond());
            long done = new Inbox(lab.postgres(), database).count("done");
            mustHaveSeen(withSlack ? slack.posts() : done, done, "Slack posts");
            mustHaveSeen(withMail ? mail.mails() - mailsBefore : done, done, "mails");
            lab.postgres().drop(database);
            table.row(
                    name + (who.equals("ours") ? "" : ", " + who),
                    Report.format("%,.0f", hand.aSecond()),
                    Report.format("%,.0f", ours.aSecond()),
                    Report.format("%.2f x", ours.aSecond() / hand.aSecond()),
                    Report.format("%.2f", hand.serverMillis()),
                    Report.format("%.2f", hand.databaseMillis()),
                    Report.format("%.2f", ours.serverMillis()),
                    Report.format("%.2f", ours.databaseMillis()),
                    Report.format(
                            "%.0f",
                            Math.max(
                                    ours.usage().othersPercent(), hand.usage().othersPercent())));
        }
    }

    /** A drain whose steps were skipped would be fast. */
    private void mustHaveSeen(long seen, long done, String what) {
        if (seen < done) {
            throw new IllegalStateException("%,d events are done, with only %,d %s".formatted(done, seen, what));
        }
    }
}
