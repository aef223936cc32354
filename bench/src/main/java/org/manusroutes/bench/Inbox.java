package org.manusroutes.bench;

import java.util.List;

/**
 * The application's database seen from outside: fills its inbox, empties it, and reads from it how fast it was worked
 * off. Knows the tables {@code event}, {@code attempt}, {@code task} and the ledger, and nothing of the application.
 */
final class Inbox {
    /** Above the numbers of all requests, so that no request meets an event that is there. */
    static final int FIRST_OF_BACKLOG = 50_000_000;

    private final Postgres postgres;
    private final String database;

    Inbox(Postgres postgres, String database) {
        this.postgres = postgres;
        this.database = database;
    }

    /** From now on, stored events are due in ten years: the workers have nothing to do. */
    void hold() {
        postgres.execute(
                database, "alter table event alter column due_at set default current_timestamp + interval '10 years'");
    }

    /** Whether {@link #hold} is obeyed: nothing has been claimed. */
    boolean held() {
        return postgres.number(database, "select count(*) from event where state <> 'waiting'") == 0;
    }

    /** Forgets everything, and puts waiting events in; {@code due} is an SQL expression. */
    void reset(int backlog, String due) {
        for (int attempt = 1; ; attempt++) {
            try {
                postgres.execute(database, "truncate task, event, attempt, camel_messageprocessed");
                break;
            } catch (IllegalStateException e) {
                if (attempt == 10) {
                    throw e; // workers that are at work lock in this order too, but for the door
                }
            }
        }
        fill(FIRST_OF_BACKLOG, backlog, due);
        tidy();
    }

    void fill(int from, int count, String due) {
        String number = "i + " + from;
        postgres.execute(
                database,
                "insert into event (event_key, event_id, event_type, task_id, stop_reason, body, body_sha256, source,"
                        + " state, due_at) select event_id, event_id, 'task_stopped', task_id, 'finish', body,"
                        + " encode(sha256(body), 'hex'), 'webhook', 'waiting', " + due
                        + " from (select 'task_stopped_' || " + Events.taskSql(number)
                        + " || '_1763506696' as event_id, "
                        + Events.taskSql(number) + " as task_id, convert_to(" + Events.sql(number)
                        + ", 'UTF8') as body from generate_series(0, " + (count - 1) + ") as i) as made");
    }

    /** Rows of events done long ago, as they stand after months. */
    void fillDone(int count) {
        int step = 250_000;
        for (int from = 0; from < count; from += step) {
            postgres.execute(
                    database,
                    "insert into event (event_key, event_id, event_type, task_id, stop_reason, body, body_sha256,"
                            + " source, state, attempt, due_at, received_at, finished_at)"
                            + " select 'task_stopped_old' || i, 'task_stopped_old' || i, 'task_stopped', 'old' || i,"
                            + " 'finish', '{}', repeat('0', 64), 'webhook', 'done', 1, null, at, at"
                            + " from (select i, current_timestamp - interval '30 days' + i * interval '0.2 s' as at"
                            + " from generate_series(" + from + ", " + (Math.min(count, from + step) - 1)
                            + ") as i) as made");
        }
        tidy();
    }

    void tidy() {
        postgres.execute(database, "vacuum analyze event", "checkpoint");
    }

    long waiting() {
        return postgres.number(
                database,
                "select count(*) from event where state in ('waiting', 'working')"
                        + " and due_at < current_timestamp + interval '1 year'");
    }

    /** Waits until nothing that is due or will be soon is left. */
    void awaitDrained(int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        // by the index of what is due, so that the drain does not pay for being watched
        String left = "select count(*) from (select 1 from event where due_at < current_timestamp + interval '1 year'"
                + " limit 1) as any_left";
        while (postgres.number(database, left) > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("after " + seconds + " s " + waiting() + " events are not done");
            }
            Server.pause(500);
        }
    }

    long count(String state) {
        return postgres.number(database, "select count(*) from event where state = '" + state + "'");
    }

    long parked() {
        return count("parked");
    }

    /** Seconds since 1970 on the database's clock. */
    double now() {
        return Double.parseDouble(postgres.rows(database, "select extract(epoch from clock_timestamp())")
                .get(0));
    }

    /** Events done between two moments of the database's clock. */
    long doneBetween(double from, double to) {
        return postgres.number(
                database,
                "select count(*) from event where state = 'done' and finished_at > to_timestamp(" + from
                        + ") and finished_at <= to_timestamp(" + to + ")");
    }

    /** When the last was done; 0 when none is. */
    double lastDone() {
        List<String> row = postgres.rows(
                database, "select coalesce(extract(epoch from max(finished_at)), 0) from event where state = 'done'");
        return Double.parseDouble(row.get(0));
    }
}
