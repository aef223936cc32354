package org.manusroutes.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a claim costs when millions of done events lie in its table. */
final class ClaimPart {
    /** More than this many a second would empty the inbox before the end; generous. */
    private static final int FASTEST = 3000;

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
                                + " events, in turn; the statement that claims, as pg_stat_statements saw it. Ratios are"
                                + " taken round by round: the median, and the span of %d.",
                        lab.options().doneRows(), lab.options().rounds());
        lab.postgres().execute("postgres", "create extension if not exists pg_stat_statements");
        String small = prepare(0);
        String large = prepare(lab.options().doneRows());
        List<Claims> empty = new ArrayList<>();
        List<Claims> full = new ArrayList<>();
        for (int round = 0; round < lab.options().rounds(); round++) {
            empty.add(measure(small));
            full.add(measure(large));
        }
        lab.postgres().drop(small);
        lab.postgres().drop(large);
        Report.Table table = new Report.Table(
                "done events", "drained/s", "claim us/event", "ms/claim", "events/claim", "database CPU ms/event");
        row(table, "0", empty);
        row(table, Report.format("%,d", lab.options().doneRows()), full);
        table.row(
                "ratio",
                Figures.ratio(full, empty, claims -> claims.drain().aSecond()),
                Figures.ratio(full, empty, Claims::microsAnEvent),
                Figures.ratio(full, empty, Claims::millisACall),
                "",
                Figures.ratio(full, empty, claims -> claims.drain().databaseMillis()));
        lab.report().table(table);
    }

    private static void row(Report.Table table, String name, List<Claims> rounds) {
        table.row(
                name,
                Figures.median(rounds, "%,.0f", claims -> claims.drain().aSecond()),
                Figures.median(rounds, "%.1f", Claims::microsAnEvent),
                Figures.median(rounds, "%.2f", Claims::millisACall),
                Figures.median(rounds, "%.1f", Claims::eventsACall),
                Figures.median(rounds, "%.2f", claims -> claims.drain().databaseMillis()));
    }

    /** A database with so many done events, and with more waiting ones than all rounds can work off. */
    private String prepare(int doneRows) throws IOException {
        String database = lab.servers().migrated("claim");
        lab.postgres().execute("postgres", "alter database " + database + " set pg_stat_statements.track = 'top'");
        Inbox inbox = new Inbox(lab.postgres(), database);
        if (doneRows > 0) {
            lab.report().progress("inserting %,d done events", doneRows);
            inbox.fillDone(doneRows);
        }
        int waiting = new Drain(lab).enough(FASTEST) * lab.options().rounds();
        inbox.fill(Inbox.FIRST_OF_BACKLOG, waiting, "current_timestamp");
        return database;
    }

    private Claims measure(String database) throws IOException {
        new Inbox(lab.postgres(), database).tidy();
        lab.postgres().execute("postgres", "select pg_stat_statements_reset()");
        Drain.Rate rate = new Drain(lab).ours(lab.servers(), database, Map.of());
        List<String> claim = lab.postgres()
                .rows(
                        "postgres",
                        "select total_exec_time, calls, rows from pg_stat_statements s join pg_database d on d.oid = s.dbid"
                                + " where datname = '" + database + "' and query ilike '%skip locked%' and rows > 0"
                                + " order by rows desc limit 1");
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
