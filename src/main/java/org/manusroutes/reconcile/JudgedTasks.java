package org.manusroutes.reconcile;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.Task;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code judged_task}: tasks whose messages need not be read again while they look the same. */
@Component
final class JudgedTasks {
    private static final String NOTE = """
            merge into judged_task j
            using (values (cast(:task as varchar(200)), cast(:status as varchar(100)), cast(:updated as bigint),
                cast(:now as bigint))) as s (task_id, status, updated, judged_at)
            on j.task_id = s.task_id
            when matched then update set status = s.status, updated = s.updated, judged_at = s.judged_at
            when not matched then insert (task_id, status, updated, judged_at)
                values (s.task_id, s.status, s.updated, s.judged_at)
            """;

    private static final String OF = "select task_id, status, updated from judged_task where task_id in (:tasks)";

    private static final String FORGET = "delete from judged_task where judged_at < :before";

    private final JdbcClient jdbc;

    JudgedTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param updated Unix seconds; null when the API does not say */
    record Judged(String taskId, String status, @Nullable Long updated) {
        boolean looksLike(Task task) {
            return status.equals(task.status()) && Objects.equals(updated, task.updatedSeconds());
        }
    }

    List<Judged> of(Collection<String> taskIds) {
        return jdbc.sql(OF)
                .param("tasks", taskIds)
                .query((row, n) -> new Judged(
                        row.getString("task_id"), row.getString("status"), row.getObject("updated", Long.class)))
                .list();
    }

    void note(Task task, long now) {
        jdbc.sql(NOTE)
                .param("task", task.id())
                .param("status", task.status())
                .param("updated", task.updatedSeconds())
                .param("now", now)
                .update();
    }

    void forget(long before) {
        jdbc.sql(FORGET).param("before", before).update();
    }
}
