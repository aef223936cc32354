package org.manusroutes.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.manusroutes.event.Event;
import org.manusroutes.event.EventBody;

class EventReaderTests {
    private final EventReader reader = new EventReader();

    @Test
    void readsAStop() throws RefusedException {
        Event event = read(
                "{\"event_id\":\"task_stopped_abc_1763506696\",\"event_type\":\"task_stopped\",\"later\":[{\"event_id\":\"no\"}],"
                        + "\"task_detail\":{\"attachments\":[{\"task_id\":\"no\"}],\"task_id\":\"abc\",\"stop_reason\":\"finish\"}}");
        assertThat(event.eventId()).isEqualTo("task_stopped_abc_1763506696");
        assertThat(event.eventType()).isEqualTo("task_stopped");
        assertThat(event.taskId()).isEqualTo("abc");
        assertThat(event.stopReason()).isEqualTo("finish");
    }

    @Test
    void readsProgressAndEventsWithoutATask() throws RefusedException {
        assertThat(
                        read("{\"event_id\":\"e\",\"event_type\":\"task_progress\",\"progress_detail\":{\"task_id\":\"abc\"}}")
                                .taskId())
                .isEqualTo("abc");
        assertThat(read("{\"event_id\":\"e\",\"event_type\":\"new\",\"task_detail\":null}")
                        .taskId())
                .isNull();
        assertThat(read("{\"event_id\":\"e\",\"event_type\":\"new\",\"task_detail\":{\"task_id\":7}}")
                        .taskId())
                .isNull();
    }

    @Test
    void takesAnEventWithBrokenUtf8() throws RefusedException {
        byte[] body =
                "{\"event_id\":\"e\",\"event_type\":\"t\",\"task_detail\":{\"message\":\"?\",\"task_id\":\"abc\"}}"
                        .getBytes(UTF_8);
        body[new String(body, UTF_8).indexOf('?')] = (byte) 0xC3;
        Event event = reader.read(body);
        assertThat(event).isNotNull();
        assertThat(event.taskId()).isEqualTo("abc");
        assertThat(event.body()).isSameAs(body);
    }

    @Test
    void knowsARegistrationTestFromAnEvent() throws RefusedException {
        assertThat(reader.read("{}".getBytes(UTF_8))).isNull();
        assertThat(reader.read("{\"event_type\":\"webhook_test\",\"data\":{}}".getBytes(UTF_8)))
                .isNull();
        assertThat(reader.read("{\"test\":true,\"data\":{\"event_id\":\"e\"}}".getBytes(UTF_8)))
                .isNull();
    }

    static Stream<byte[]> odd() {
        String event = "{\"event_id\":\"e\",\"event_type\":\"t\",\"odd\":%s}";
        Stream<String> values = Stream.of(
                "1".repeat(1000),
                "1".repeat(1001),
                "1." + "1".repeat(2000),
                "1e" + "9".repeat(2000),
                "1e999999999",
                "[".repeat(900) + "]".repeat(900),
                "[".repeat(1100) + "]".repeat(1100),
                "{\"" + "x".repeat(60_000) + "\":1}",
                "\"\\ud800\"",
                "\"\\uD8\"",
                "\"a\tb\"",
                "\"\\x\"",
                "NaN",
                "Infinity",
                "+1",
                "01",
                ".5",
                "5.",
                "'a'",
                "1 /* one */",
                "1, \"event_id\": \"f\"",
                "1,",
                "tru",
                "\"" + "x".repeat(1_900_000) + "\"");
        return Stream.concat(
                values.map(value -> event.formatted(value).getBytes(UTF_8)),
                Stream.of(UTF_16BE, UTF_16LE, UTF_16, ISO_8859_1, Charset.forName("UTF-32"))
                        .flatMap(encoding -> Stream.of(
                                event.formatted("\"ä\"").getBytes(encoding),
                                ('\uFEFF' + event.formatted("\"ä\"")).getBytes(encoding))));
    }

    /** What is answered with 200 runs: a worker builds what the door only looks through. */
    @ParameterizedTest
    @MethodSource("odd")
    void takesWhatAWorkerCanReadAndNothingElse(byte[] body) {
        assertThat(taken(body)).isEqualTo(readable(body));
    }

    private boolean taken(byte[] body) {
        try {
            return reader.read(body) != null;
        } catch (RefusedException e) {
            return false;
        }
    }

    private static boolean readable(byte[] body) {
        try {
            return EventBody.map(body).containsKey("event_id");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    static Stream<Arguments> refused() {
        String id = "\"event_id\":\"e\"";
        String type = "\"event_type\":\"t\"";
        return Stream.of(
                Arguments.of("", Refusal.NOT_JSON),
                Arguments.of("{", Refusal.NOT_JSON),
                Arguments.of("event", Refusal.NOT_JSON),
                Arguments.of("{" + id + "," + type + "} {}", Refusal.NOT_JSON),
                Arguments.of("[1,2]", Refusal.NOT_AN_OBJECT),
                Arguments.of("\"text\"", Refusal.NOT_AN_OBJECT),
                Arguments.of("null", Refusal.NOT_AN_OBJECT),
                Arguments.of("{" + id + "}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{\"event_type\":\"task_stopped\"}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{" + id + ",\"event_type\":\"event_parked\"}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{" + id + ",\"event_type\":\"routes_refused\"}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{\"event_id\":\"e/parked/1\"," + type + "}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{\"event_id\":\"routes_refused/ab/1\"," + type + "}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{\"event_id\":\" \"," + type + "}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{\"event_id\":7," + type + "}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{\"event_id\":\"a\\u0000b\"," + type + "}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{\"event_id\":\"a\\ud800b\"," + type + "}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{\"event_id\":\"" + "x".repeat(201) + "\"," + type + "}", Refusal.UNUSABLE_EVENT),
                Arguments.of("{" + id + ",\"event_type\":\"" + "x".repeat(101) + "\"}", Refusal.UNUSABLE_EVENT));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatIsNoUsableEvent(String body, Refusal expected) {
        assertThat(catchThrowableOfType(RefusedException.class, () -> reader.read(body.getBytes(UTF_8)))
                        .refusal())
                .isEqualTo(expected);
    }

    private Event read(String body) throws RefusedException {
        Event event = reader.read(body.getBytes(UTF_8));
        assertThat(event).isNotNull();
        return event;
    }
}
