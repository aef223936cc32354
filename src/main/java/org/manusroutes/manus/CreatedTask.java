package org.manusroutes.manus;

import org.jspecify.annotations.Nullable;

/** What the API answers when it has created a task; events of it may have come before. */
public record CreatedTask(
        String taskId, @Nullable String taskTitle, @Nullable String taskUrl) {}
