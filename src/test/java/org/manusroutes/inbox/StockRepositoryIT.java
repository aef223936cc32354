package org.manusroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.event.Event;
import org.manusroutes.inbox.store.EventTable.NewEvent;
import org.manusroutes.inbox.work.InboxFixture;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;

/** Why the door has a repository of its own: what Camel's {@code JdbcMessageIdRepository} does in its place. */
class StockRepositoryIT extends InboxFixture {
    private DefaultCamelContext camel;
    private EventStore inbox;
    private boolean dies;

    enum Door {
        OURS,
        WITH_CAMELS_REPOSITORY
    }

    @AfterEach
    void stop() {
        camel.stop();
        if (inbox != null) {
            inbox.finish();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deliversAtTheSameMoment(Door door) throws Exception {
        open(Databases.POSTGRESQL);
        start(door);
        int failed = 0;
        for (int round = 0; round < 20 && failed == 0; round++) {
            String id = "race-" + round;
            failed += sendAtOnce(64, id);
            assertThat(stored(id)).isEqualTo(1);
        }
        if (door == Door.OURS) {
            assertThat(failed).as("deliveries answered with an error").isZero();
        } else {
            assertThat(failed).as("two counted none, and both inserted").isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void diesBetweenTheKeyAndTheEvent(Door door) throws Exception {
        open(Databases.POSTGRESQL);
        start(door);
        dies = true;
        send(camel.createProducerTemplate(), "e");
        camel.stop();

        dies = false;
        start(door);
        send(camel.createProducerTemplate(), "e"); // Manus tries again
        assertThat(stored("e")).as("events that will be worked on").isEqualTo(door == Door.OURS ? 1 : 0);
    }

    private void start(Door door) throws Exception {
        if (inbox != null) {
            inbox.finish();
            inbox = null;
        }
        IdempotentRepository repository;
        if (door == Door.OURS) {
            inbox = StoreOf.events(events, source);
            repository = inbox;
        } else {
            JdbcMessageIdRepository camels = new JdbcMessageIdRepository(source, "door");
            camels.setCreateTableIfNotExists(false);
            repository = camels;
        }
        camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:door")
                        .idempotentConsumer(header("id"))
                        .idempotentRepository(repository)
                        .removeOnFailure(false) // a dead process removes nothing
                        .process(exchange -> {
                            if (dies) {
                                throw new IllegalStateException("the process dies here");
                            }
                            if (door == Door.WITH_CAMELS_REPOSITORY) {
                                Event event = exchange.getIn().getBody(Event.class);
                                events.insert(List.of(NewEvent.received(event.eventId(), event)));
                            }
                        });
            }
        });
        camel.start();
    }

    /** How many were answered with an error. */
    private int sendAtOnce(int deliveries, String id) throws Exception {
        ProducerTemplate template = camel.createProducerTemplate();
        CyclicBarrier together = new CyclicBarrier(deliveries);
        Callable<Boolean> delivery = () -> {
            together.await(1, TimeUnit.MINUTES);
            return send(template, id);
        };
        List<Boolean> failures = Bounded.callAll(deliveries, Collections.nCopies(deliveries, delivery));
        return Collections.frequency(failures, true);
    }

    private static boolean send(ProducerTemplate template, String id) {
        Event event = new Event(id, "t", null, null, "{}".getBytes(StandardCharsets.UTF_8));
        Exchange answered = template.request("direct:door", exchange -> {
            exchange.getIn().setHeader("id", id);
            exchange.getIn().setBody(event);
        });
        return answered.getException() != null;
    }

    private long stored(String id) {
        return jdbc.sql("select count(*) from event where event_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }
}
