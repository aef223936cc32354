package org.manusroutes.tasks;

import java.time.Instant;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;
import org.springframework.stereotype.Component;

/** Stands for {@code #taskStart} in a dry run without a database: nobody knows when the task began. */
@Component("taskStart-offline")
final class TaskStartOffline {
    @Nullable
    Instant of(@Variable(EventVariables.TASK_ID) @Nullable String taskId) {
        return null;
    }
}
