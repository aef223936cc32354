package org.manusroutes.inbox.store;

/** The SQL of what operators ask; {@code %s} is the condition of a {@link Selection}. */
final class ArchiveSql {
    private ArchiveSql() {}

    static final String MIGRATED = "select count(*) from flyway_schema_history where success and version = :version";

    static final String LIST = """
            select event_key, event_type, task_id, stop_reason, source, received_at, state, attempt, due_at,
                finished_at, last_error
            from event
            where %s
            order by received_at, id
            limit :limit
            """;

    static final String LAST = LIST.replace("order by received_at, id", "order by received_at desc, id desc");

    static final String ATTEMPTS = """
            select attempt, node, started_at, ended_at, outcome, error, bundle_version from attempt
            where event_key = :key
            order by attempt
            """;

    static final String STEPS_DONE =
            "select messageid from camel_messageprocessed where " + InboxSql.LEDGER_OF + " order by messageid";

    static final String LOCK = """
            select id from event
            where %s and id > :after
            order by id
            limit :limit
            for update
            """;

    /** As if it had just come, but for the number of its attempts: that goes on, and the fence with it. */
    static final String REPLAY = """
            update event
            set state = 'waiting', attempt = attempt + 1, uncounted = attempt + 1, due_at = current_timestamp,
                finished_at = null, leased_by = null
            where id in (:ids)
            """;

    static final String RECORD_REPLAY = """
            insert into attempt (event_key, attempt, node, started_at, ended_at, outcome, error)
            select event_key, attempt, :by, current_timestamp, current_timestamp, 'replay', :steps
            from event
            where id in (:ids)
            """;
}
