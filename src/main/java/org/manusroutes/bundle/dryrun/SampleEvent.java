package org.manusroutes.bundle.dryrun;

import java.time.Instant;
import java.util.Map;
import org.manusroutes.event.EventVariables;

/**
 * An event as a route gets it.
 *
 * @param body the event as a Map
 */
public record SampleEvent(Map<String, Object> body, EventVariables variables) {
    /**
     * An event that was not stored: its variables are read from it.
     *
     * @param body with an event_id and an event_type
     */
    public static SampleEvent of(Map<String, Object> body) {
        return new SampleEvent(body, EventVariables.of(body, Instant.now()));
    }
}
