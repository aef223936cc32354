package org.manusroutes.torture;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the tables against what the sender was told. */
final class Inspection {
    private static final Pattern MARK = Pattern.compile("mark\\d+end");

    private final Map<String, List<SentEvent>> accepted;
    private final JdbcClient database;
    private final Findings findings;
    private final Map<String, List<Row>> rows;

    /** @param accepted by task, in the order of arrival */
    Inspection(Map<String, List<SentEvent>> accepted, JdbcClient database, Findings findings) {
        this.accepted = accepted;
        this.database = database;
        this.findings = findings;
        this.rows = database
                .sql("select event_key, event_id, state, attempt, last_error, body from event")
                .query((row, n) -> new Row(
                        row.getString("event_key"),
                        row.getString("state"),
                        row.getInt("attempt"),
                        row.getString("last_error"),
                        mark(row.getBytes("body"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Row::mark));
    }

    /** A row of table event. */
    record Row(String key, String state, int attempt, String error, String mark) {}

    private static String mark(byte[] body) {
        Matcher mark = MARK.matcher(new String(body, StandardCharsets.UTF_8));
        return mark.find() ? mark.group() : "";
    }

    List<Row> rows() {
        return rows.values().stream().flatMap(Collection::stream).toList();
    }

    long attempts() {
        return count("select count(*) from attempt");
    }

    /** Edits of the routes that a node refused. */
    long refusedEdits() {
        return count("select count(*) from event where event_type = 'routes_refused'");
    }

    /** Attempts in which a step met an Error. */
    long attemptsWithAnError() {
        return count("select count(*) from attempt where error like '%StackOverflowError%'");
    }

    /** Attempts after which an event was parked, because its ledger row was refused. */
    long parkings() {
        return count("select count(*) from attempt where outcome = 'parked'");
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    /** The key under which an event was stored; null when it is lost. */
    String key(SentEvent event) {
        List<Row> stored = rows.get(event.mark());
        return stored == null ? null : stored.get(0).key();
    }

    void inspectEvents() {
        List.of("lost", "stored twice", "parked", "not done", "done twice").forEach(findings::lookFor);
        Map<String, Integer> done = new HashMap<>();
        database.sql("select event_key, count(*) from attempt where outcome = 'done' group by event_key")
                .query((row, n) -> done.put(row.getString(1), row.getInt(2)))
                .list();
        accepted.values().stream().flatMap(List::stream).forEach(event -> {
            List<Row> stored = rows.getOrDefault(event.mark(), List.of());
            if (stored.isEmpty()) {
                findings.add("lost", event.toString());
            } else if (stored.size() > 1) {
                findings.add("stored twice", stored.toString());
            }
        });
        database.sql("select event_key, error from attempt where outcome = 'parked' and error not like :onPurpose")
                .param("onPurpose", "%" + Postgres.ON_PURPOSE + "%")
                .query()
                .listOfRows()
                .forEach(attempt -> findings.add("parked", attempt.toString()));
        for (Row row : rows()) {
            int times = done.getOrDefault(row.key(), 0);
            if (row.state().equals("parked")) {
                findings.add("parked", row.toString());
            } else if (!row.state().equals("done")) {
                findings.add("not done", row.toString());
            } else if (times != 1) {
                findings.add("done twice", times + " attempts with the outcome done: " + row);
            }
        }
    }

    void inspectTasks() {
        findings.lookFor("task row wrong");
        Map<String, Map<String, Object>> tasks = database
                .sql("select task_id, title, status, message, events, stopped_at from task")
                .query()
                .listOfRows()
                .stream()
                .collect(Collectors.toMap(row -> (String) row.get("task_id"), row -> row));
        accepted.forEach((taskId, events) -> {
            Map<String, Object> row = tasks.getOrDefault(taskId, Map.of());
            SentEvent newest = newest(events);
            boolean titled = events.stream().anyMatch(event -> !event.type().equals("task_progress"));
            boolean right = newest.status().equals(row.get("status"))
                    && newest.message().equals(row.get("message"))
                    && Objects.equals((long) events.size(), row.get("events"))
                    && Objects.equals(titled ? "Task " + taskId : null, row.get("title"))
                    && events.stream().anyMatch(SentEvent::tellsPeople) == (row.get("stopped_at") != null);
            if (!right) {
                findings.add(
                        "task row wrong",
                        row + ", wanted " + newest.status() + ", " + newest.message() + ", " + events.size()
                                + " events: " + events);
            }
        });
        tasks.keySet().stream()
                .filter(task -> !accepted.containsKey(task))
                .forEach(task -> findings.add("task row wrong", "nobody sent anything about " + task));
    }

    /** By the second of emission, then by kind, then by arrival. */
    private static SentEvent newest(List<SentEvent> events) {
        Comparator<SentEvent> order =
                Comparator.comparingLong(SentEvent::seconds).thenComparingInt(SentEvent::rank);
        SentEvent newest = events.get(0);
        for (SentEvent event : events) {
            newest = order.compare(event, newest) >= 0 ? event : newest;
        }
        return newest;
    }
}
