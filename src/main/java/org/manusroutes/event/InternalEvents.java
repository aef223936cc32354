package org.manusroutes.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** All types of this kind. */
    public static final Set<String> TYPES = Set.of(EVENT_PARKED, EVENT_FAILING, ROUTES_REFUSED, RECIPIENT_REFUSED);

    private static final Pattern KEY = Pattern.compile(
            ".*/parked/\\d+|.*/failing|(" + ROUTES_REFUSED + '|' + RECIPIENT_REFUSED + ")/.*", Pattern.DOTALL);

    private static final JsonMapper json = new JsonMapper();

    private InternalEvents() {}

    /** Whether an event that came from outside would be taken for one of these, or would keep one from being stored. */
    public static boolean isImitatedBy(Event event) {
        return TYPES.contains(event.eventType()) || KEY.matcher(event.eventId()).matches();
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

    private static Event event(String type, String key, String field, Map<String, ?> about) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event_id", key);
        body.put("event_type", type);
        body.put(field, about);
        try {
            return new Event(key, type, null, null, json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is always JSON", e);
        }
    }
}
