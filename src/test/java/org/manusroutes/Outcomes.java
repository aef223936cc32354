package org.manusroutes;

import java.util.List;
import org.manusroutes.standins.SimulatedTask;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads from the application's tables what became of tasks. */
final class Outcomes {
    private final JdbcClient database;

    Outcomes(JdbcClient database) {
        this.database = database;
    }

    List<TaskOutcome> of(List<SimulatedTask> tasks) {
        return tasks.stream().map(this::of).toList();
    }

    private TaskOutcome of(SimulatedTask task) {
        return new TaskOutcome(
                task.id(),
                task.title(),
                events(task.id()),
                database.sql("select status from task where task_id = ?")
                        .param(task.id())
                        .query(String.class)
                        .optional()
                        .orElse(""),
                files(task.id()),
                steps(task.id(), "alert-slack"),
                steps(task.id(), "send-mail"));
    }

    private List<TaskOutcome.Event> events(String taskId) {
        return database.sql("select event_id, state, last_error from event where task_id = ? order by id")
                .param(taskId)
                .query((row, number) -> {
                    String error = row.getString("last_error");
                    return new TaskOutcome.Event(
                            row.getString("event_id"), row.getString("state"), error == null ? "" : error);
                })
                .list();
    }

    private List<TaskOutcome.File> files(String taskId) {
        return database.sql("select file_name, bytes, bucket, object_key from attachment"
                        + " where task_id = ? order by event_key, position")
                .param(taskId)
                .query((row, number) -> new TaskOutcome.File(
                        row.getString("file_name"),
                        row.getLong("bytes"),
                        "s3://" + row.getString("bucket") + "/" + row.getString("object_key")))
                .list();
    }

    /** Counted in the ledger, whose keys are an event's key, a slash and the step. */
    private long steps(String taskId, String step) {
        return database.sql("select count(*) from camel_messageprocessed p join event e"
                        + " on p.messageid = e.event_key || '/' || :step where e.task_id = :task")
                .param("step", step)
                .param("task", taskId)
                .query(Long.class)
                .single();
    }
}
