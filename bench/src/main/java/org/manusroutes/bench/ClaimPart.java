package org.manusroutes.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a claim costs when millions of done events lie in its table. */
final class ClaimPart {
    /** More than this many a second would empty the inbox before the end; generous. */
    private static final int FASTEST = 6000;

    private final Lab lab;

    ClaimPart(Lab lab) {
        this.lab = lab;
    }

    private record Claims(Drain.Rate drain, double microsAnEvent, double millisACall, double eventsACall) {}

    void run() throws IOException {
        lab.report().title("claim");
        lab.report()
                .line(
                        "The drain with the task's row alone, from a table with nothing else in it and from one with %,d done"
                                + " events; the statement that claims, as pg_stat_statements saw it.",
                        lab.options().doneRows());
        lab.postgres().execute("postgres", "create extension if not exists pg_stat_statements");
        Claims empty = measure(0);
        Claims full = measure(lab.options().doneRows());
        Report.Table table = new Report.Table(
                "done events", "drained/s", "claim us/event", "ms/claim", "events/claim", "database CPU ms/event");
        row(table, "0", empty);
        row(table, Report.format("%,d", lab.options().doneRows()), full);
        table.row(
                "ratio",
                Report.format("%.2f x", full.drain().aSecond() / empty.drain().aSecond()),
                Report.format("%.2f x", full.microsAnEvent() / empty.microsAnEvent()),
                Report.format("%.2f x", full.millisACall() / empty.millisACall()),
                "",
                Report.format(
                        "%.2f x", full.drain().databaseMillis() / empty.drain().databaseMillis()));
        lab.report().table(table);
    }

    private static void row(Report.Table table, String name, Claims claims) {
        table.row(
                name,
                Report.format("%,.0f", claims.drain().aSecond()),
                Report.format("%.1f", claims.microsAnEvent()),
                Report.format("%.2f", claims.millisACall()),
                Report.format("%.1f", claims.eventsACall()),
                Report.format("%.2f", claims.drain().databaseMillis()));
    }

    private Claims measure(int doneRows) throws IOException {
        String database = lab.servers().migrated("claim");
        lab.postgres().execute("postgres", "alter database " + database + " set pg_stat_statements.track = 'top'");
        Inbox inbox = new Inbox(lab.postgres(), database);
        Drain drain = new Drain(lab);
        if (doneRows > 0) {
            lab.report().progress("inserting %,d done events", doneRows);
            inbox.fillDone(doneRows);
        }
        inbox.fill(Inbox.FIRST_OF_BACKLOG, drain.enough(FASTEST), "current_timestamp");
        inbox.tidy();
        lab.postgres().execute("postgres", "select pg_stat_statements_reset()");
        Drain.Rate rate = drain.ours(database, Map.of());
        List<String> claim = lab.postgres()
                .rows(
                        "postgres",
                        "select total_exec_time, calls, rows from pg_stat_statements s join pg_database d on d.oid = s.dbid"
                                + " where datname = '" + database + "' and query ilike '%skip locked%' and rows > 0"
                                + " order by rows desc limit 1");
        lab.postgres().drop(database);
        if (claim.isEmpty()) {
            throw new IllegalStateException("no statement with 'skip locked' was run");
        }
        String[] columns = claim.get(0).split("\t");
        double millis = Double.parseDouble(columns[0]);
        double calls = Double.parseDouble(columns[1]);
        double rows = Double.parseDouble(columns[2]);
        return new Claims(rate, millis * 1000 / rows, millis / calls, rows / calls);
    }
}
