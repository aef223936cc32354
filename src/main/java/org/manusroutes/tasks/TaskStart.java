package org.manusroutes.tasks;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When a task began, by its {@code task_created} event: bean {@code #taskStart}. */
@Component("taskStart")
final class TaskStart {
    private static final String CREATED = """
            select event_id, received_at from event
            where task_id = :task and event_type = 'task_created'
            order by id
            limit 1
            """;

    private final JdbcClient jdbc;

    TaskStart(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Null when no such event has come, or has been forgotten. */
    @Nullable
    Instant of(@Variable("taskId") @Nullable String taskId) {
        return jdbc.sql(CREATED)
                .param("task", taskId)
                .query((row, number) -> {
                    Long emitted = TaskOrder.emittedAt(row.getString("event_id"), String.valueOf(taskId));
                    return emitted == null
                            ? row.getObject("received_at", OffsetDateTime.class).toInstant()
                            : Instant.ofEpochSecond(emitted);
                })
                .optional()
                .orElse(null);
    }
}
