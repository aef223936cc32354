package org.manusroutes.bundle.dryrun;

import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PollingConsumerSupport;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.camel.DryEndpoint;

/** An endpoint of a dry run: it takes what is sent to the one it stands for, and sends nothing on. */
final class Recorder extends DefaultEndpoint {
    /** These stay within the bundle. */
    static final Set<String> INSIDE = Set.of("direct", "language", "ref", "stub", "mock", "validator");

    private final Endpoint replaced;
    private final Sink sink;

    /** Takes what would have been sent. */
    interface Sink {
        void add(Exchange exchange, String kind, String text);
    }

    private Recorder(Endpoint replaced, Sink sink) {
        setCamelContext(replaced.getCamelContext());
        setEndpointUriIfNotSpecified(replaced.getEndpointUri());
        this.replaced = replaced;
        this.sink = sink;
    }

    static Endpoint replace(String uri, Endpoint endpoint, Sink sink) {
        return INSIDE.contains(StringHelper.before(uri, ":", "")) || endpoint instanceof Recorder
                ? endpoint
                : new Recorder(endpoint, sink);
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                sink.add(exchange, StringHelper.before(getEndpointUri(), ":", ""), Rendering.of(replaced, exchange));
                if (replaced instanceof DryEndpoint answering) {
                    answering.answer(exchange);
                }
            }
        };
    }

    /** A step that fetches something finds nothing, at once. */
    @Override
    public PollingConsumer createPollingConsumer() {
        return new PollingConsumerSupport(this) {
            @Override
            public @Nullable Exchange receive() {
                return null;
            }

            @Override
            public @Nullable Exchange receiveNoWait() {
                return null;
            }

            @Override
            public @Nullable Exchange receive(long timeout) {
                return null;
            }
        };
    }

    /** Nothing comes in. */
    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor);
    }
}
