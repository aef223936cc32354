package org.manusroutes.event;

import org.jspecify.annotations.Nullable;

/** The form of Manus's event ids: {@code {event_type}_{task_id}_{Unix seconds}} (docs/manus-api.md, Event ids). */
public final class EventIds {
    /** The {@code stop_reason} that the receiver gives a task which a person has stopped; Manus's own is unknown. */
    public static final String STOPPED_BY_A_PERSON = "user_stop";

    private EventIds() {}

    /** The id of a stop at that second. */
    public static String stopped(String taskId, long seconds) {
        return "task_stopped_" + taskId + '_' + seconds;
    }

    /** The seconds at the end; null when the id has another form. That of {@code task_failed} has slashes. */
    public static @Nullable Long emittedAt(String eventId, String taskId) {
        int from = Math.max(eventId.lastIndexOf('_'), eventId.lastIndexOf('/')) + 1;
        boolean tenDigits =
                eventId.length() - from == 10 && eventId.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
        if (!tenDigits || from == 0) {
            return null;
        }
        String before = eventId.substring(0, from - 1);
        return before.endsWith(eventId.charAt(from - 1) + taskId) ? Long.valueOf(eventId.substring(from)) : null;
    }
}
