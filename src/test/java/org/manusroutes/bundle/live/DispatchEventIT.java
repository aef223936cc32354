package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.MockEndpointsAndSkip;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

/** The content-based router: exactly one route for each event, one for those that nobody has thought of. */
@CamelSpringBootTest
@MockEndpointsAndSkip("direct:(task-.*|event-parked|routes-refused|unknown-event)")
@SpringBootTest(
        classes = DispatchEventIT.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "camel.main.routes-include-pattern=file:routes/error-handling.camel.yaml,file:routes/dispatch-event.camel.yaml",
            "spring.datasource.url=jdbc:h2:mem:dispatch;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
        })
class DispatchEventIT {
    private static final List<String> ROUTES = List.of(
            "task-created",
            "task-progress",
            "task-finished",
            "task-asks",
            "event-parked",
            "routes-refused",
            "unknown-event");

    @EnableAutoConfiguration
    static class Application {}

    @Autowired
    private CamelContext camel;

    @Autowired
    private FluentProducerTemplate producer;

    @BeforeEach
    void forget() {
        MockEndpoint.resetMocks(camel);
    }

    @ParameterizedTest
    @CsvSource({
        "task_created,  ,       task-created",
        "task_progress, ,       task-progress",
        "task_stopped,  finish, task-finished",
        "task_stopped,  ask,    task-asks",
        "event_parked,  ,       event-parked",
        "routes_refused, ,      routes-refused",
        "event_failing, ,       event-failing",
        "recipient_refused, ,   recipient-refused",
        "task_failed, ,         task-failed",
        "webhook_unregistered, , webhook-unregistered",
        "task_stopped,  error,  task-stopped",
        "task_stopped,  ,       task-stopped",
        "task_stopped,  FINISH, task-stopped",
        "task_shared,   finish, unknown-event",
    })
    void sendsAnEventToOneRoute(String type, String reason, String expected) {
        producer.withProcessor(exchange -> {
                    exchange.getMessage().setBody(Map.of("event_type", type));
                    exchange.setVariable("eventKey", "key");
                    exchange.setVariable("eventType", type);
                    exchange.setVariable("stopReason", reason);
                })
                .to("direct:dispatch-event")
                .send();
        for (String route : ROUTES) {
            assertThat(camel.getEndpoint("mock:direct:" + route, MockEndpoint.class)
                            .getReceivedCounter())
                    .as(route)
                    .isEqualTo(route.equals(expected) ? 1 : 0);
        }
    }
}
