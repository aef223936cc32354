package org.manusroutes.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Events that the receiver makes itself: what operators should know runs through the routes like any other event. */
public final class InternalEvents {
    /** An event that needs a person. */
    public static final String EVENT_PARKED = "event_parked";

    /** An event that has failed for a while, or that will fail until somebody does something. */
    public static final String EVENT_FAILING = "event_failing";

    /** An edit of the routes that was refused. */
    public static final String ROUTES_REFUSED = "routes_refused";

    /** A recipient of mails whom the mail server refuses. */
    public static final String RECIPIENT_REFUSED = "recipient_refused";

    /** The URL of this receiver, to which Manus delivers nothing any more. */
    public static final String WEBHOOK_UNREGISTERED = "webhook_unregistered";

    /** A task that ended in an error, for which Manus sends no event. */
    public static final String TASK_FAILED = "task_failed";

    /** A question of a task that nobody has answered for a while. */
    public static final String QUESTION_OPEN = "question_open";

    /** What has become of a question of a task. */
    public static final String QUESTION_ANSWERED = "question_answered";

    /** All types that are about the receiver. */
    public static final Set<String> TYPES =
            Set.of(EVENT_PARKED, EVENT_FAILING, ROUTES_REFUSED, RECIPIENT_REFUSED, WEBHOOK_UNREGISTERED);

    private static final Set<String> ABOUT_A_TASK = Set.of(TASK_FAILED, QUESTION_OPEN, QUESTION_ANSWERED);

    private static final Pattern KEY = Pattern.compile(
            ".*/parked/\\d+|.*/failing|.*/open/\\d+|.*/answered|("
                    + String.join("|", ROUTES_REFUSED, RECIPIENT_REFUSED, WEBHOOK_UNREGISTERED, TASK_FAILED) + ")/.*",
            Pattern.DOTALL);

    private static final JsonMapper json = new JsonMapper();

    private InternalEvents() {}

    /** Whether an event that came from outside would be taken for one of these, or would keep one from being stored. */
    public static boolean isImitatedBy(Event event) {
        return TYPES.contains(event.eventType())
                || ABOUT_A_TASK.contains(event.eventType())
                || KEY.matcher(event.eventId()).matches();
    }

    /**
     * Reminds of a question that nobody has answered.
     *
     * @param reminder from 1
     * @param about the task as Manus's events have it, and the question
     */
    public static Event questionOpen(String eventKey, String taskId, int reminder, Map<String, ?> about) {
        Map<String, Object> reminding = new LinkedHashMap<>(about);
        reminding.put("reminder", reminder);
        return aboutAQuestion(QUESTION_OPEN, eventKey + "/open/" + reminder, taskId, reminding);
    }

    /** The key of the event that asked, of that itself or of its reminder. */
    public static String questionOf(String eventKey) {
        int reminder = eventKey.lastIndexOf("/open/");
        return reminder < 0 ? eventKey : eventKey.substring(0, reminder);
    }

    /** Tells what has become of a question; the same event however often it is made. */
    public static Event questionAnswered(String eventKey, String taskId, Map<String, ?> about) {
        return aboutAQuestion(QUESTION_ANSWERED, eventKey + "/answered", taskId, about);
    }

    private static Event aboutAQuestion(String type, String key, String taskId, Map<String, ?> about) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event_id", key);
        body.put("event_type", type);
        body.putAll(about);
        return new Event(key, type, taskId, null, bytes(body));
    }

    /** Tells that an event was parked after this attempt. */
    public static Event eventParked(
            String eventKey, String eventType, @Nullable String taskId, String reason, int attempt) {
        return event(
                EVENT_PARKED,
                eventKey + "/parked/" + attempt,
                "parked",
                about(eventKey, eventType, taskId, reason, attempt));
    }

    /** Tells that an event fails and is tried again; the same event however often it is made. */
    public static Event eventFailing(
            String eventKey, String eventType, @Nullable String taskId, String reason, int attempt) {
        return event(
                EVENT_FAILING, eventKey + "/failing", "failing", about(eventKey, eventType, taskId, reason, attempt));
    }

    private static Map<String, @Nullable Object> about(
            String eventKey, String eventType, @Nullable String taskId, String reason, int attempt) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("event_key", eventKey);
        event.put("event_type", eventType);
        event.put("task_id", taskId);
        event.put("reason", reason);
        event.put("attempt", attempt);
        return event;
    }

    /** Tells that the mail server refuses a recipient; the same event for the same address. */
    public static Event recipientRefused(String address, String reason) {
        return event(
                RECIPIENT_REFUSED,
                RECIPIENT_REFUSED + '/' + address,
                "recipient",
                Map.of("address", address, "reason", reason));
    }

    /**
     * Tells that an edit of the routes was refused; nodes that refuse the same edit make the same event.
     *
     * @param hash of the folder as it was refused
     * @param running number of the version that keeps running; null when none does
     * @param problems a line each
     */
    public static Event routesRefused(String folder, String hash, @Nullable Long running, String problems) {
        Map<String, @Nullable Object> refused = new LinkedHashMap<>();
        refused.put("folder", folder);
        refused.put("running", running);
        refused.put("problems", problems);
        return event(ROUTES_REFUSED, ROUTES_REFUSED + '/' + hash + '/' + running, "refused", refused);
    }

    /**
     * Tells that Manus does not deliver to this receiver.
     *
     * @param since Unix seconds; one event for each time that it was found out
     */
    public static Event webhookUnregistered(String url, String reason, long since) {
        return event(
                WEBHOOK_UNREGISTERED,
                WEBHOOK_UNREGISTERED
                        + '/'
                        + since
                        + '/'
                        + DigestUtils.sha256Hex(url).substring(0, 12),
                "registration",
                Map.of("url", url, "reason", reason));
    }

    /**
     * Tells that a task ended in an error; shaped like the events of Manus that are about a task.
     *
     * @param seconds when; a task can fail again after somebody has told it to go on
     * @param detail {@code task_detail}
     */
    public static Event taskFailed(String taskId, long seconds, Map<String, ?> detail) {
        Event event = event(TASK_FAILED, TASK_FAILED + '/' + taskId + '/' + seconds, "task_detail", detail);
        return new Event(event.eventId(), TASK_FAILED, taskId, null, event.body());
    }

    private static Event event(String type, String key, String field, Map<String, ?> about) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event_id", key);
        body.put("event_type", type);
        body.put(field, about);
        return new Event(key, type, null, null, bytes(body));
    }

    private static byte[] bytes(Map<String, Object> body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is always JSON", e);
        }
    }
}
