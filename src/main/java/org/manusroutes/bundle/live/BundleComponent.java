package org.manusroutes.bundle.live;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.manusroutes.bundle.EngineContract;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code bundle}: {@code to("bundle:dispatch-event")} runs the event in the bundle's version of the
 * moment.
 */
@Component("bundle")
final class BundleComponent extends DefaultComponent {
    private final GuardedReload reload;

    BundleComponent(GuardedReload reload) {
        this.reload = reload;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals(EngineContract.ENTRY)) {
            throw new IllegalArgumentException("events enter the bundle by bundle:" + EngineContract.ENTRY);
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        RunningVersion version = reload.enter();
                        try {
                            version.process(exchange);
                        } finally {
                            version.leave();
                        }
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("nothing comes out of the bundle");
            }
        };
    }
}
