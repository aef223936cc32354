package org.manusroutes.inbox.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;

/**
 * How one attempt ended, as it is written down.
 *
 * @param node that made the attempt
 * @param bundleVersion of the routes that ran; null when the attempt did not come so far
 * @param outcome what it is called in the history
 * @param state in which the event goes on
 * @param counted false for an attempt that does not count as a try, and does not stand in the history
 * @param delay until the event is due again; null when it never is
 * @param error what people read; null when there is nothing to say
 * @param notice the event that tells people about a parked one; null when there is nothing to tell
 */
public record Settlement(
        StoredEvent event,
        String node,
        Instant started,
        @Nullable Long bundleVersion,
        String outcome,
        String state,
        boolean counted,
        @Nullable Duration delay,
        @Nullable String error,
        @Nullable Event notice) {}
