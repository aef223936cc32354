package org.manusroutes.bundle.live;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** {@code moody:x}: a broker that is there, away, broken, or that lets a connection hang, as the tests want it. */
public final class MoodyComponent extends DefaultComponent {
    /** File {@code from-a-queue.camel.yaml}. */
    static final String FROM_A_QUEUE = """
            - route:
                id: from-a-queue
                description: Reads a queue
                routeConfigurationId: error-handling
                from:
                  uri: moody:in
                  steps:
                    - log:
                        message: ${body}
            """;

    static volatile Mood mood = Mood.THERE;

    /** Of the component and its endpoints. */
    static final AtomicInteger starts = new AtomicInteger();

    /** How its connections end. */
    enum Mood {
        THERE,
        AWAY,
        BROKEN,
        HANGING;

        void connect() throws Exception {
            switch (this) {
                case THERE -> {}
                case AWAY -> throw new java.net.ConnectException("broker.example.com refused the connection");
                case BROKEN -> throw new NoClassDefFoundError("com/acme/Wire");
                case HANGING -> new CountDownLatch(1).await(10, TimeUnit.MINUTES);
            }
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        starts.incrementAndGet();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            protected void doStart() {
                starts.incrementAndGet();
            }

            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    protected void doStart() throws Exception {
                        mood.connect();
                    }

                    @Override
                    public void process(Exchange exchange) {}
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new DefaultConsumer(this, processor) {
                    @Override
                    protected void doStart() throws Exception {
                        mood.connect();
                        super.doStart();
                    }
                };
            }
        };
    }
}
