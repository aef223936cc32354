package org.manusroutes.manus;

import org.jspecify.annotations.Nullable;

/** A task to be created. */
public record NewTask(
        String prompt,
        @Nullable String title,
        @Nullable String projectId,
        @Nullable String agentProfile) {}
