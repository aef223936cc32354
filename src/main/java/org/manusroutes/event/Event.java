package org.manusroutes.event;

import org.jspecify.annotations.Nullable;

/**
 * One event as it was delivered: the exact bytes, and what the inbox and the routing look at (docs/manus-api.md,
 * Events).
 *
 * @param eventId the sender's id, 1 to 200 characters; not unique for ever, see the inbox
 * @param eventType {@code task_created}, {@code task_progress}, {@code task_stopped} or anything later
 * @param taskId from {@code task_detail} or {@code progress_detail}; null when the event names no task
 * @param stopReason {@code finish}, {@code ask} or anything later; null when the task did not stop
 * @param body the bytes received, never decoded and encoded again; not to be changed
 */
public record Event(
        String eventId,
        String eventType,
        @Nullable String taskId,
        @Nullable String stopReason,
        @SuppressWarnings("ArrayRecordComponent") // events are never compared as values
        byte[] body) {}
