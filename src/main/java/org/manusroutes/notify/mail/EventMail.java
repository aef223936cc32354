package org.manusroutes.notify.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.manusroutes.event.EventVariables;

/**
 * The mail of an event, which knows who has it: a server may take it for some recipients and put it off for others,
 * and then each of them has a row of its own in the ledger of steps.
 */
final class EventMail extends MimeMessage {
    private final Exchange exchange;
    private final IdempotentRepository ledger;

    EventMail(Exchange exchange) {
        super((Session) null);
        this.exchange = exchange;
        this.ledger = exchange.getContext().getRegistry().lookupByNameAndType("steps", IdempotentRepository.class);
    }

    /** The recipients that do not have it. */
    Address[] open() throws MessagingException {
        return Arrays.stream(getAllRecipients())
                .filter(recipient -> !ledger.contains(exchange, key(recipient)))
                .toArray(Address[]::new);
    }

    /** The server has taken it for them, and not for others. */
    void taken(Address[] by) {
        for (Address recipient : by) {
            ledger.add(exchange, key(recipient));
        }
    }

    private String key(Address recipient) {
        return exchange.getVariable(EventVariables.EVENT_KEY) + "/send-mail/"
                + ((InternetAddress) recipient).getAddress();
    }
}
