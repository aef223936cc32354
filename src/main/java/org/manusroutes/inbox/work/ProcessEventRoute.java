package org.manusroutes.inbox.work;

import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.manusroutes.event.EventBody;
import org.springframework.stereotype.Component;

/** Hands each claimed event to the bundle; how that ends decides whether the event is done, retried or parked. */
@Component
final class ProcessEventRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("inbox:events")
                .routeId("process-event")
                .routeDescription("Hands each claimed event to the bundle")
                // engine routes take no error handling from the bundle
                .routeConfigurationId("engine")
                // failures go to the inbox, which retries and parks
                .errorHandler(noErrorHandler())
                .unmarshal(new JacksonDataFormat(EventBody.mapper(), Map.class))
                .to("bundle:dispatch-event");
    }
}
