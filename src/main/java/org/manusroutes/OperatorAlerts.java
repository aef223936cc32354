package org.manusroutes;

import java.util.List;
import org.manusroutes.bundle.live.RefusedChange;
import org.manusroutes.event.Event;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.inbox.EventStore;
import org.manusroutes.notify.mail.RefusedRecipient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Lets the operators know of what was refused by the routes that run, each time by an event of its own. */
@Component
final class OperatorAlerts {
    private static final Logger log = LoggerFactory.getLogger(OperatorAlerts.class);
    private static final int LINES = 10;

    private final EventStore events;

    OperatorAlerts(EventStore events) {
        this.events = events;
    }

    /** Nodes that refuse the same change store the same event. */
    @EventListener
    void tell(RefusedChange change) {
        List<String> lines = change.lines();
        String problems = String.join("\n", lines.subList(0, Math.min(LINES, lines.size())))
                + (lines.size() > LINES ? "\nand " + (lines.size() - LINES) + " more" : "");
        store(InternalEvents.routesRefused(change.folder().toString(), change.hash(), change.running(), problems));
    }

    /** Each address once, as long as the event is kept. */
    @EventListener
    void tell(RefusedRecipient recipient) {
        store(InternalEvents.recipientRefused(recipient.address(), recipient.reason()));
    }

    private void store(Event alert) {
        try {
            events.storeInternal(alert);
        } catch (DataAccessException e) {
            log.error("Could not tell the operators of {}", alert.eventId(), e);
        }
    }
}
