package org.manusroutes.bundle.camel;

import org.apache.camel.Exchange;

/** An endpoint that says in a dry run what it would do, and stands in for the other side, so that the route goes on. */
public interface DryEndpoint {
    /**
     * What would be sent, for people.
     *
     * @throws RuntimeException as the step would, for what cannot be sent
     */
    String wouldSend(Exchange exchange);

    /** Sets on the exchange what the other side might have answered. */
    void answer(Exchange exchange);
}
