package org.manusroutes.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code question}.
 *
 * @param eventKey of the event that asks
 * @param text as the event says it; empty when it says nothing
 * @param waitingEventId Manus's id of what the task waits for; null until it has been read
 * @param kind its {@code waiting_for_event_type}; null until it has been read
 * @param options what may be chosen; empty for an answer in one's own words
 * @param several whether more than one option may be chosen
 * @param schema of a confirmation's input; null for none
 * @param answer null while nobody has answered
 * @param answeredFrom {@code slack}, {@code page} or {@code command}
 * @param outcome why it was refused or closed, or is not sent yet
 * @param tried whether the answer may have reached Manus already
 * @param slackMessages the alert and its reminders
 */
public record Question(
        long id,
        String eventKey,
        String taskId,
        @Nullable String title,
        @Nullable String url,
        String text,
        @Nullable String waitingEventId,
        @Nullable String kind,
        List<String> options,
        boolean several,
        @Nullable JsonNode schema,
        Instant askedAt,
        State state,
        @Nullable Answer answer,
        @Nullable String answeredBy,
        @Nullable String answeredFrom,
        @Nullable Instant answeredAt,
        @Nullable String outcome,
        int attempt,
        boolean tried,
        int reminders,
        List<SlackMessage> slackMessages) {
    /** Kinds that are answered by a message; all others by a confirmation (docs/manus-api.md, Waiting tasks). */
    private static final Set<String> BY_MESSAGE = Set.of("messageAskUser", "cascadeAskUser");

    /** A message on Slack, by its channel's id and its name within it. */
    public record SlackMessage(String channel, String ts) {}

    /** How far it has come. */
    public enum State {
        OPEN,
        /** Stored, and on its way to Manus. */
        ANSWERED,
        SENT,
        /** It could not be sent. */
        REFUSED,
        /** The task went on without an answer from here. */
        CLOSED
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether it is answered in words; also while that is not known. */
    public boolean isByMessage() {
        return kind == null || BY_MESSAGE.contains(kind);
    }

    /** What a confirmation asks for. */
    public AnswerForm form() {
        return AnswerForm.of(schema);
    }

    /** The title, else the id of the task. */
    public String task() {
        return title == null || title.isBlank() ? taskId : title;
    }
}
