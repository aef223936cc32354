package org.manusroutes.manus;

import org.jspecify.annotations.Nullable;

/**
 * A task as the API sees it now.
 *
 * @param status {@code running}, {@code stopped}, {@code waiting} or {@code error}; the set may grow
 */
public record Task(
        String id,
        String status,
        @Nullable String title,
        @Nullable String taskUrl,
        @Nullable String createdAt,
        @Nullable String updatedAt,
        @Nullable String creditUsage) {}
