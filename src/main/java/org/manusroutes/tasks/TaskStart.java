package org.manusroutes.tasks;

import java.time.Instant;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventIds;
import org.manusroutes.event.EventVariables;
import org.manusroutes.inbox.store.EventTable;
import org.springframework.stereotype.Component;

/** When a task began, by its {@code task_created} event: bean {@code #taskStart}. */
@Component("taskStart")
final class TaskStart {
    private final EventTable events;

    TaskStart(EventTable events) {
        this.events = events;
    }

    /** Null when no such event has come, or has been forgotten. */
    @Nullable
    Instant of(@Variable(EventVariables.TASK_ID) @Nullable String taskId) {
        return taskId == null
                ? null
                : events.firstOfTask(taskId, "task_created")
                        .map(created -> {
                            Long emitted = EventIds.emittedAt(created.eventId(), taskId);
                            return emitted == null ? created.receivedAt() : Instant.ofEpochSecond(emitted);
                        })
                        .orElse(null);
    }
}
