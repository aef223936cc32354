package org.manusroutes.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a run came to, as a table for people and as findings for a test. */
final class Report {
    private static final Pattern SUBJECT = Pattern.compile("task[A-Z]\\d+");
    private static final List<String> EVIDENCE = List.of(
            "select event_key, task_id, state, attempt, due_at, leased_by, finished_at, last_error from event"
                    + " where task_id = ?",
            "select a.* from attempt a join event e on e.event_key = a.event_key where e.task_id = ?",
            "select * from task where task_id = ?",
            "select * from attachment where task_id = ?",
            "select m.* from camel_messageprocessed m join event e on m.messageid like e.event_key || '/%'"
                    + " where e.task_id = ?");

    private static final String LAST_ATTEMPTS =
            "select * from (select * from attempt order by ended_at desc limit 40) a order by ended_at";

    private final Findings findings = new Findings();
    private final StringBuilder text = new StringBuilder();

    private Report() {}

    static Report of(
            Map<String, List<SentEvent>> accepted,
            JdbcClient database,
            Sinks sinks,
            Incidents incidents,
            Tally tally,
            Duration drain) {
        Report report = new Report();
        Inspection inspection = new Inspection(accepted, database, report.findings);
        inspection.inspectEvents();
        inspection.inspectTasks();
        new FileInspection(database, sinks.s3, report.findings).inspect(accepted.values(), inspection);
        Repeats slack = Repeats.inspect("Slack", sinks.slack.effects, accepted.values(), incidents, report.findings);
        Repeats mail = Repeats.inspect("mail", sinks.mail.effects, accepted.values(), incidents, report.findings);

        report.findings.lookFor("unexpected answer");
        report.findings.lookFor("node ended by itself");
        tally.all().forEach((what, count) -> {
            if (what.matches("answer \\d+.*") && !what.matches("answer (200|503).*")) {
                report.findings.add("unexpected answer", what + ", " + count + " times");
            }
        });
        if (tally.of("node ENDED BY ITSELF") > 0) {
            report.findings.add(
                    "node ended by itself", tally.of("node ENDED BY ITSELF") + " times, after it was ready");
        }
        report.table("the events", Map.of());
        report.line("sent", tally.of("sent events"));
        report.line(
                "answered 200", accepted.values().stream().mapToInt(List::size).sum());
        report.line("stored", inspection.rows().size());
        report.line(
                "done",
                inspection.rows().stream()
                        .filter(row -> row.state().equals("done"))
                        .count());
        report.line("attempts that took them up", inspection.attempts());
        report.line("of those with an Error in a step", inspection.attemptsWithAnError());
        report.line("of those parked, as the ledger refused a row", inspection.parkings());
        report.line("edits of the routes refused", inspection.refusedEdits());
        report.line("seconds from peace until all was done", drain.toSeconds());
        report.table("wrong (must be 0)", Map.of());
        report.findings.all().forEach((kind, lines) -> report.line(kind, lines.size()));
        report.table("done to nodes and database", incidents.counts());
        report.line("processes killed by kill -9", tally.of("kill -9"));
        report.table(
                "Slack: " + slack.taken() + " taken, of those again: " + slack.count() + ", after", slack.byCause());
        report.table("mail: " + mail.taken() + " taken, of those again: " + mail.count() + ", after", mail.byCause());
        report.table("counted", tally.all());
        return report;
    }

    Findings findings() {
        return findings;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /**
     * The table; what was done last; and for the first twenty wrong events all rows that have to do with their tasks.
     */
    void write(Path folder, JdbcClient database) throws IOException {
        StringBuilder evidence = new StringBuilder(text).append("\nlast attempts\n");
        database.sql(LAST_ATTEMPTS)
                .query()
                .listOfRows()
                .forEach(row -> evidence.append("  ").append(row).append('\n'));
        evidence.append('\n');
        findings.lines().forEach(line -> evidence.append(line).append('\n'));
        for (String task : findings.lines().stream()
                .map(SUBJECT::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .distinct()
                .limit(20)
                .toList()) {
            evidence.append('\n').append(task).append('\n');
            EVIDENCE.stream()
                    .map(sql -> database.sql(sql).param(task).query().listOfRows())
                    .flatMap(Collection::stream)
                    .forEach(row -> evidence.append("  ").append(row).append('\n'));
        }
        Files.writeString(folder.resolve("report.txt"), evidence);
    }

    private void table(String title, Map<String, Integer> lines) {
        text.append(title).append('\n');
        lines.forEach(this::line);
    }

    private void line(String what, long count) {
        text.append(String.format("  %-52s %8d%n", what, count));
    }
}
