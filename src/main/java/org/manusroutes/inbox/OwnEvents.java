package org.manusroutes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manusroutes.inbox.EventTable.NewEvent;
import org.manusroutes.webhook.WebhookEvent;
import org.springframework.stereotype.Component;

/** Events that the receiver makes itself, so that what operators should know takes the way of all events. */
@Component
public final class OwnEvents {
    /** An event that nobody but a person can help. */
    static final String EVENT_PARKED = "event_parked";

    /** An edit of the routes that does not run. */
    public static final String ROUTES_REFUSED = "routes_refused";

    static final Set<String> TYPES = Set.of(EVENT_PARKED, ROUTES_REFUSED);

    private static final JsonMapper json = new JsonMapper();

    private final EventTable events;
    private final WakeUp wakeUp;

    OwnEvents(EventTable events, WakeUp wakeUp) {
        this.events = events;
        this.wakeUp = wakeUp;
    }

    /**
     * Stores an event, unless it is known.
     *
     * @param key unique for ever
     * @param field under which {@code about} stands in the body
     * @throws org.springframework.dao.DataAccessException when it cannot be stored
     */
    public void store(String type, String key, String field, Map<String, ?> about) {
        if (!events.insert(List.of(new NewEvent(key, event(type, key, field, about), "inbox")))
                .isEmpty()) {
            wakeUp.call();
        }
    }

    static WebhookEvent event(String type, String key, String field, Map<String, ?> about) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event_id", key);
        body.put("event_type", type);
        body.put(field, about);
        try {
            return new WebhookEvent(key, type, null, null, json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
