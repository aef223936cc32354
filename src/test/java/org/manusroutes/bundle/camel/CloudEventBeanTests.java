package org.manusroutes.bundle.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.event.EventVariables;

/** Read back by the CloudEvents SDK, and held against the examples of the specification. */
class CloudEventBeanTests {
    private final CloudEventBean bean = new CloudEventBean("https://hooks.example.org/webhooks/manus");
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @BeforeEach
    void event() {
        new EventVariables(
                        "task_stopped_4d8_1764",
                        "task_stopped_4d8",
                        "task_stopped",
                        "4d8 ä\r\n%",
                        "finish",
                        1,
                        Instant.parse("2026-11-26T09:12:44.5Z"),
                        7)
                .setOn(exchange);
        exchange.getMessage().setBody(Map.of("event_type", "task_stopped", "task_detail", Map.of("title", "\"ü\"")));
    }

    @Test
    void isStructured() {
        bean.structured(exchange);
        assertThat(exchange.getMessage().getHeader("Content-Type")).isEqualTo("application/cloudevents+json");
        byte[] written = exchange.getMessage().getBody(byte[].class);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .contains("\"specversion\":\"1.0\"", "\"datacontenttype\":\"application/json\"")
                .contains("\"data\":{")
                .doesNotContain("data_base64");
        CloudEvent read = new JsonFormat().deserialize(written);
        assertThat(read.getId()).isEqualTo("task_stopped_4d8_1764");
        assertThat(read.getSource()).hasToString("https://hooks.example.org/webhooks/manus");
        assertThat(read.getType()).isEqualTo("im.manus.task_stopped");
        assertThat(read.getSubject()).isEqualTo("4d8 ä\r\n%");
        assertThat(read.getTime()).hasToString("2026-11-26T09:12:44.500Z");
        assertThat(read.getExtension("stopreason")).isEqualTo("finish");
        assertThat(new String(read.getData().toBytes(), StandardCharsets.UTF_8)).contains("\"title\":\"\\\"ü\\\"\"");
    }

    @Test
    void failsWhoAsksWhenThePublicUrlIsNone() {
        CloudEventBean unusable = new CloudEventBean("https://hooks.example.org/a b");
        assertThatThrownBy(() -> unusable.structured(exchange)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isBinaryForHttp() {
        bean.http(exchange);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-id", "task_stopped_4d8_1764")
                .containsEntry("ce-source", "https://hooks.example.org/webhooks/manus")
                .containsEntry("ce-type", "im.manus.task_stopped")
                .containsEntry("ce-subject", "4d8%20%C3%A4%0D%0A%25")
                .containsEntry("ce-time", "2026-11-26T09:12:44.500Z")
                .containsEntry("ce-stopreason", "finish")
                .containsEntry("Content-Type", "application/json")
                .hasSize(8);
        assertThat(exchange.getMessage().getBody(String.class))
                .startsWith("{\"")
                .contains("\"ü\\\"\"");
    }

    @Test
    void isBinaryForKafkaAndForJms() {
        bean.kafka(exchange);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("ce_subject", "4d8 ä\r\n%")
                .containsEntry("content-type", "application/json");
        event();
        exchange.getMessage().setHeaders(new HashMap<>());
        bean.jms(exchange);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("cloudEvents_id", "task_stopped_4d8_1764")
                .containsEntry("JMS_AMQP_ContentType", "application/json")
                .hasSize(8);
    }

    @Test
    void takesATextAndBytesAsTheyAre() {
        exchange.getMessage().setBody("ü");
        bean.http(exchange);
        assertThat(exchange.getMessage().getHeader("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("ü");

        exchange.getMessage().setBody("{}".getBytes(StandardCharsets.UTF_8));
        exchange.getMessage().setHeader("Content-Type", "application/json");
        bean.structured(exchange);
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"data\":{}");
    }

    @Test
    void namesTheRouteWhereThereIsNoEvent() {
        Exchange tick = new DefaultExchange(new DefaultCamelContext());
        tick.getExchangeExtension().setFromRouteId("each-day");
        tick.getMessage().setBody(Map.of());
        new CloudEventBean("").http(tick);
        assertThat(tick.getMessage().getHeaders())
                .containsEntry("ce-type", "im.manus.each-day")
                .containsEntry("ce-source", "/webhooks/manus")
                .containsEntry("ce-id", tick.getExchangeId())
                .doesNotContainKey("ce-subject");
    }

    @Test
    void saysWhenTheBodyHasNoJson() {
        exchange.getMessage().setBody(new Object());
        assertThatThrownBy(() -> bean.structured(exchange)).hasMessageContaining("has no form in JSON");
    }
}
