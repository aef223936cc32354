package org.manusroutes.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.Event;
import org.manusroutes.event.EventBody;
import org.manusroutes.event.InternalEvents;

/** Reads from a body what the inbox needs to know, in one pass and without building a tree. */
final class EventReader {
    static final int LONGEST_ID = 200;
    static final int LONGEST_TYPE = 100;

    /**
     * The event in the body, or null when the body is an object without an {@code event_id} whose type is none of a
     * task's: a test, by whatever name (docs/manus-api.md, Registration).
     */
    @Nullable
    Event read(byte[] body) throws RefusedException {
        if (EventBody.isPlain(body)) {
            try {
                return read(EventBody.bytesParser(body), body);
            } catch (IOException e) {
                // no JSON, or broken UTF-8: the decoder decides
            }
        }
        try {
            return read(EventBody.parser(body), body);
        } catch (IOException e) {
            throw new RefusedException(Refusal.NOT_JSON, String.valueOf(e.getMessage()));
        }
    }

    /** Whether the body, signed or not, looks like an event. */
    boolean namesAnEvent(byte[] body) {
        try {
            return read(body) != null;
        } catch (RefusedException e) {
            return e.refusal() == Refusal.UNUSABLE_EVENT;
        }
    }

    private static @Nullable Event read(JsonParser parser, byte[] body) throws IOException, RefusedException {
        try (parser) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                if (parser.currentToken() == null) {
                    throw new RefusedException(Refusal.NOT_JSON, "the body is empty");
                }
                parser.skipChildren();
                throw new RefusedException(Refusal.NOT_AN_OBJECT, "found " + parser.currentToken());
            }
            Fields fields = new Fields();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "event_id" -> {
                        fields.hasAnId = true;
                        fields.eventId = text(parser, value);
                    }
                    case "event_type" -> fields.eventType = text(parser, value);
                    case "task_detail", "progress_detail" -> readDetail(parser, value, fields);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new RefusedException(Refusal.NOT_JSON, "something follows the object");
            }
            return fields.isATest() ? null : fields.event(body);
        }
    }

    private static void readDetail(JsonParser parser, JsonToken value, Fields fields) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken inner = parser.nextToken();
            switch (name) {
                case "task_id" -> fields.taskId = text(parser, inner);
                case "stop_reason" -> fields.stopReason = text(parser, inner);
                default -> parser.skipChildren();
            }
        }
    }

    private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    private static final class Fields {
        boolean hasAnId;

        @Nullable
        String eventId;

        @Nullable
        String eventType;

        @Nullable
        String taskId;

        @Nullable
        String stopReason;

        /** What names no event, and no type of one, only wants to see a 200. */
        boolean isATest() {
            return !hasAnId && (eventType == null || !eventType.startsWith("task_"));
        }

        Event event(byte[] body) throws RefusedException {
            String id = usable(eventId, LONGEST_ID);
            if (id == null) {
                throw new RefusedException(Refusal.UNUSABLE_EVENT, "event_id is missing, empty, too long or not text");
            }
            String type = usable(eventType, LONGEST_TYPE);
            if (type == null) {
                throw new RefusedException(
                        Refusal.UNUSABLE_EVENT, "event_type is missing, empty, too long or not text");
            }
            Event event = new Event(id, type, usable(taskId, LONGEST_ID), usable(stopReason, LONGEST_TYPE), body);
            if (InternalEvents.isImitatedBy(event)) {
                throw new RefusedException(
                        Refusal.UNUSABLE_EVENT,
                        "event_id " + id + " and event_type " + type + " are for events of the receiver's own");
            }
            return event;
        }

        /** Null unless it fits a column: not blank, not too long, no control characters, no half of a character. */
        private static @Nullable String usable(@Nullable String text, int longest) {
            boolean usable = text != null
                    && !text.isBlank()
                    && text.length() <= longest
                    && text.codePoints().noneMatch(c -> c < ' ' || (c >= 0xD800 && c <= 0xDFFF));
            return usable ? text : null;
        }
    }
}
