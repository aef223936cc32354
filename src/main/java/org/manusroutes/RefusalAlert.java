package org.manusroutes;

import java.util.List;
import org.manusroutes.bundle.live.RefusedChange;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.inbox.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Lets the operators know of refused routes by the routes that run: the event {@code routes_refused}, one a change. */
@Component
final class RefusalAlert {
    private static final Logger log = LoggerFactory.getLogger(RefusalAlert.class);
    private static final int LINES = 10;

    private final EventStore events;

    RefusalAlert(EventStore events) {
        this.events = events;
    }

    /** Nodes that refuse the same change store the same event. */
    @EventListener
    void tell(RefusedChange change) {
        List<String> lines = change.lines();
        String problems = String.join("\n", lines.subList(0, Math.min(LINES, lines.size())))
                + (lines.size() > LINES ? "\nand " + (lines.size() - LINES) + " more" : "");
        try {
            events.storeInternal(InternalEvents.routesRefused(
                    change.folder().toString(), change.hash(), change.running(), problems));
        } catch (DataAccessException e) {
            log.error("Could not tell the operators that routes were refused", e);
        }
    }
}
