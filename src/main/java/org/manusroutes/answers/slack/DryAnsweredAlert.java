package org.manusroutes.answers.slack;

import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Stands for {@code #answeredAlert} in a dry run: nothing is changed on Slack. */
@Component("answeredAlert-dry-run")
final class DryAnsweredAlert {
    @SuppressWarnings("unused") // called by a route
    public void update(Exchange exchange) {}
}
