package org.manusroutes.manus;

import org.jspecify.annotations.Nullable;

/**
 * A task as the API sees it now.
 *
 * @param status {@code running}, {@code stopped}, {@code waiting} or {@code error}; the set may grow
 * @param hasRunningBackgroundJobs whether a stopped task still works; null when the API does not say
 */
public record Task(
        String id,
        String status,
        @Nullable String title,
        @Nullable String taskUrl,
        @Nullable String createdAt,
        @Nullable String updatedAt,
        @Nullable String creditUsage,
        @Nullable Boolean hasRunningBackgroundJobs) {
    /** Unix seconds; null when the API does not say, or says it in another way. */
    public @Nullable Long createdSeconds() {
        return seconds(createdAt);
    }

    /** Unix seconds; null when the API does not say, or says it in another way. */
    public @Nullable Long updatedSeconds() {
        return seconds(updatedAt);
    }

    private static @Nullable Long seconds(@Nullable String time) {
        return time == null || !time.matches("\\d{1,12}") ? null : Long.valueOf(time);
    }
}
