package org.manusroutes.inbox;

/**
 * All SQL on the tables {@code event} and {@code attempt}; one text for H2 and PostgreSQL.
 *
 * <p>Times are the database's own, so that nodes whose clocks differ agree on who holds a lease.
 */
final class InboxSql {
    private InboxSql() {}

    static final String INSERT = """
            insert into event (event_key, event_id, event_type, task_id, stop_reason, body, body_sha256, source, state)
            values (:key, :id, :type, :task, :reason, :body, :sha256, :source, 'waiting')
            on conflict do nothing
            """;

    static final String WITH_ID = "select id, body from event where event_id = :id";

    /** What has been done needs no fresher URLs, and its bytes stay as they were worked on. */
    static final String REFRESH_BODY =
            "update event set body = :body, body_sha256 = :sha256 where id = :row and state <> 'done'";

    /** Due are waiting events whose time has come, and working ones whose node has let the lease run out. */
    static final String DUE = """
            select id, event_key, event_id, event_type, task_id, stop_reason, body, received_at, attempt, uncounted
            from event
            where due_at <= current_timestamp
            order by due_at
            limit :limit
            for update skip locked
            """;

    static final String CLAIM = """
            update event
            set state = 'working', attempt = attempt + 1, leased_by = :node,
                leased_until = current_timestamp + cast(:lease as double precision) * interval '1' second,
                due_at = current_timestamp + cast(:lease as double precision) * interval '1' second
            where id in (:ids)
            """;

    static final String RENEW = """
            update event
            set leased_until = current_timestamp + cast(:lease as double precision) * interval '1' second,
                due_at = current_timestamp + cast(:lease as double precision) * interval '1' second
            where id in (:ids) and leased_by = :node and state = 'working'
            """;

    /** The fence: whoever lost the lease, to another node or to a later attempt of this one, changes nothing. */
    static final String SETTLE = """
            update event
            set state = :state, last_error = :error, uncounted = uncounted + :uncounted, leased_by = null, leased_until = null,
                due_at = case when :state = 'waiting'
                    then current_timestamp + cast(:delay as double precision) * interval '1' second end,
                finished_at = case when :state = 'waiting' then null else current_timestamp end
            where id = :id and leased_by = :node and attempt = :attempt and state = 'working'
            """;

    static final String RECORD_ATTEMPT = """
            insert into attempt (event_key, attempt, node, started_at, ended_at, outcome, error)
            values (:key, :attempt, :node, :started, current_timestamp, :outcome, :error)
            on conflict do nothing
            """;

    static final String CONTAINS = "select count(*) from event where event_key = :key";

    static final String COUNT_BY_STATE =
            "select state, count(*) as events from event where state in ('waiting', 'working', 'parked') group by state";

    static final String OLDEST_WAITING = """
            select received_at from event
            where state in ('waiting', 'working')
            order by received_at
            limit 1
            """;

    /** Small batches, so that neither the door nor the workers wait for it; parked events stay. */
    static final String OLD_DONE = """
            select event_key from event
            where state = 'done' and finished_at < current_timestamp - cast(:keep as double precision) * interval '1' second
            order by finished_at
            limit :limit
            for update skip locked
            """;

    static final String PURGE_EVENTS = "delete from event where event_key in (:keys) and state = 'done'";

    static final String PURGE_ATTEMPTS = "delete from attempt where event_key in (:keys)";

    /** A ledger row's key is the event's key, a slash, and the step. */
    static final String PURGE_LEDGER = """
            delete from camel_messageprocessed
            where processorname = 'steps' and messageid >= :from and messageid < :to
            """;
}
