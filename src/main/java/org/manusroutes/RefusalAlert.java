package org.manusroutes;

import java.util.List;
import java.util.Map;
import org.manusroutes.bundle.RefusedChange;
import org.manusroutes.inbox.OwnEvents;
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

    private final OwnEvents events;

    RefusalAlert(OwnEvents events) {
        this.events = events;
    }

    /** Nodes that refuse the same change store the same event. */
    @EventListener
    void tell(RefusedChange change) {
        String key = OwnEvents.ROUTES_REFUSED + '/' + change.hash() + '/' + change.running();
        List<String> lines = change.lines();
        String problems = String.join("\n", lines.subList(0, Math.min(LINES, lines.size())))
                + (lines.size() > LINES ? "\nand " + (lines.size() - LINES) + " more" : "");
        try {
            events.store(
                    OwnEvents.ROUTES_REFUSED,
                    key,
                    "refused",
                    Map.of("folder", change.folder().toString(), "running", change.running(), "problems", problems));
        } catch (DataAccessException e) {
            log.error("Wanted to let the operators know that routes were refused", e);
        }
    }
}
