package org.manusroutes.webhook;

import org.apache.camel.builder.RouteBuilder;
import org.manusroutes.event.Event;
import org.manusroutes.event.EventVariables;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Takes a delivery, refuses it or stores it once, and answers. The answer depends on the database alone, never on the
 * bundle.
 */
@Component
final class ReceiveWebhookRoute extends RouteBuilder {
    private final Door door;
    private final Answers answers;
    private final int port;

    ReceiveWebhookRoute(Door door, Answers answers, @Value("${server.port:8080}") int port) {
        this.door = door;
        this.answers = answers;
        this.port = port;
    }

    @Override
    public void configure() {
        getContext().getRegistry().bind("callingThread", new CallingThreadEngine(port));

        onException(RefusedException.class).handled(true).process(answers::refused);
        onException(Exception.class).handled(true).process(answers::failed);

        from("platform-http:{{manus.webhook.path}}?platformHttpEngine=#callingThread")
                .routeId("receive-webhook")
                .routeDescription("Takes a delivery of Manus, refuses it or stores it once, and answers")
                // engine routes take no error handling from the bundle
                .routeConfigurationId("engine")
                .streamCache("false")
                .process(door)
                .choice()
                .when(bodyAs(Event.class).isNotNull())
                // The repository stores the whole event in the statement that claims the key: dedup and store are one.
                .idempotentConsumer(variable(EventVariables.EVENT_ID))
                .idempotentRepository("inboxRepository")
                .skipDuplicate(false)
                .removeOnFailure(false)
                .process(answers::stored)
                .endChoice()
                .otherwise()
                .process(answers::ignored);
    }
}
