package org.manusroutes.inbox.work;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.springframework.stereotype.Component;

/** The Camel component {@code inbox}: {@code from("inbox:events")} works through the stored events. */
@Component("inbox")
final class InboxComponent extends DefaultComponent {
    private final InboxWorkers.Factory workers;

    InboxComponent(InboxWorkers.Factory workers) {
        this.workers = workers;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Consumer createConsumer(Processor processor) {
                return workers.create(this, processor);
            }

            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException("only the door puts events into the inbox");
            }
        };
    }
}
