package org.manusroutes.notify.mail;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Recipients that the mail server refused when it was asked last; others get their mails all the same. */
@Component
public final class RefusedRecipients {
    private static final Logger log = LoggerFactory.getLogger(RefusedRecipients.class);

    private final Map<String, String> reasons = new ConcurrentHashMap<>();
    private final ApplicationEventPublisher events;

    RefusedRecipients(ApplicationEventPublisher events) {
        this.events = events;
    }

    /** For somebody who sends nothing. */
    static RefusedRecipients forgotten() {
        return new RefusedRecipients(event -> {});
    }

    /** The server's words by address. */
    public Map<String, String> reasons() {
        return new TreeMap<>(reasons);
    }

    void refused(RefusedRecipient recipient) {
        if (reasons.put(recipient.address(), recipient.reason()) == null) {
            log.warn(
                    "The mail server refuses {}, the other recipients get their mails: {}",
                    recipient.address(),
                    recipient.reason());
        }
        events.publishEvent(recipient);
    }

    void taken(String address) {
        if (reasons.remove(address) != null) {
            log.info("The mail server takes mails for {} again", address);
        }
    }
}
