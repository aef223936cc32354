package org.manusroutes.inbox.store;

/**
 * All SQL on the tables {@code event} and {@code attempt}; one text for H2 and PostgreSQL.
 *
 * <p>Times are the database's own, so that nodes whose clocks differ agree on who holds a lease.
 */
public final class InboxSql {
    private InboxSql() {}

    /** One array a column: one text, one statement and one commit for any number of events. */
    static final String INSERT = """
            insert into event (event_key, event_id, event_type, task_id, stop_reason, body, body_sha256, source, state)
            select event_key, event_id, event_type, task_id, stop_reason, body, body_sha256, source, 'waiting'
            from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                as t (event_key, event_id, event_type, task_id, stop_reason, body, body_sha256, source)
            on conflict do nothing
            """;

    /** What is about a task whose stop was missed is not simply stored: {@link MissedStops}. */
    static final String INSERT_DELIVERED = INSERT.replace("on conflict", """
            where event_type <> 'task_stopped'
                or not exists (select 1 from missed_stop where missed_stop.task_id = t.task_id)
            on conflict""");

    static final String STOPS_OF = """
            select event_id, task_id, stop_reason, received_at from event
            where task_id in (:tasks) and event_type in ('task_stopped', 'task_failed')
            """;

    /** An event's key is its id, but for those that came with another meaning; so the two halves have an index each. */
    static final String WITH_IDS = """
            select id, event_id, body_sha256 from event where event_key in (:ids)
            union all
            select id, event_id, body_sha256 from event where event_id in (:ids) and event_key <> event_id
            """;

    static final String BODY = "select body from event where id = :row";

    /** What has been done needs no fresher URLs, and its bytes stay as they were worked on. */
    static final String REFRESH_BODY =
            "update event set body = :body, body_sha256 = :sha256 where id = :row and state <> 'done'";

    /** Due are waiting events whose time has come, and working ones whose node has let the lease run out. */
    static final String DUE = """
            select id, octet_length(body) as size from event
            where due_at <= current_timestamp
            order by due_at
            limit :limit
            for update skip locked
            """;

    static final String CLAIMED = """
            select id, event_key, event_id, event_type, task_id, stop_reason, body, received_at, attempt, uncounted
            from event
            where id in (:ids)
            """;

    static final String CLAIM = """
            update event
            set state = 'working', attempt = attempt + 1, leased_by = :node,
                due_at = current_timestamp + cast(:lease as double precision) * interval '1' second
            where id in (:ids)
            """;

    /** Lease in seconds; id, node, attempt. */
    static final String RENEW = """
            update event
            set due_at = current_timestamp + cast(? as double precision) * interval '1' second
            where id = ? and leased_by = ? and attempt = ? and state = 'working'
            """;

    /** Due since it was received: what was taken first is not to wait behind all others. Id, node. */
    static final String GIVE_BACK = """
            update event
            set state = 'waiting', uncounted = uncounted + 1, leased_by = null, due_at = received_at
            where id = ? and leased_by = ? and state = 'working'
            """;

    /**
     * The fence: whoever lost the lease, to another node or to a later attempt of this one, changes nothing.
     *
     * <p>State, error, uncounted, delay in seconds or null, whether it is finished; id, node, attempt.
     */
    static final String SETTLE = """
            update event
            set state = ?, last_error = ?, uncounted = uncounted + ?, leased_by = null,
                due_at = current_timestamp + cast(? as double precision) * interval '1' second,
                finished_at = case when ? then current_timestamp end
            where id = ? and leased_by = ? and attempt = ? and state = 'working'
            """;

    /** Key, attempt, node, start, outcome, error, version of the bundle. */
    static final String RECORD_ATTEMPT = """
            insert into attempt (event_key, attempt, node, started_at, ended_at, outcome, error, bundle_version)
            values (?, ?, ?, ?, current_timestamp, ?, ?, ?)
            on conflict do nothing
            """;

    /** Processor, key, time. */
    public static final String LEDGER_ROW = """
            insert into camel_messageprocessed (processorname, messageid, createdat)
            values (?, ?, ?)
            on conflict do nothing
            """;

    static final String FIRST_OF_TASK = """
            select event_id, received_at from event
            where task_id = :task and event_type = :type
            order by id
            limit 1
            """;

    static final String CONTAINS = "select count(*) from event where event_key = :key";

    /** What is due some time is waiting or working. */
    static final String COUNT_BY_STATE = """
            select state, count(*) as events from event where due_at is not null group by state
            union all
            select state, count(*) as events from event where state = 'parked' group by state
            """;

    static final String OLDEST_WAITING = "select min(received_at) as oldest from event where due_at is not null";

    /** Small batches, so that neither the door nor the workers wait for it; parked events stay. */
    static final String OLD_DONE = """
            select event_key from event
            where state = 'done'
                and finished_at < current_timestamp - cast(:keep as double precision) * interval '1' second
            order by finished_at
            limit :limit
            for update skip locked
            """;

    static final String COUNT_OLD_DONE = """
            select count(*) from event
            where state = 'done'
                and finished_at < current_timestamp - cast(:keep as double precision) * interval '1' second
            """;

    static final String PURGE_EVENTS = "delete from event where event_key in (:keys) and state = 'done'";

    static final String PURGE_ATTEMPTS = "delete from attempt where event_key in (:keys)";

    /**
     * A ledger row's key is the event's key, a slash, and the step: from the first such key, to the first that is none
     * (the column is compared byte by byte), and no slash from the step's first letter on, for the notice of a parked
     * event begins with that event's key, too.
     */
    static final String LEDGER_OF = """
            processorname = 'steps' and messageid >= ? and messageid < ?
            and position('/' in substring(messageid from ?)) = 0
            """;

    static final String PURGE_LEDGER = "delete from camel_messageprocessed where " + LEDGER_OF;
}
