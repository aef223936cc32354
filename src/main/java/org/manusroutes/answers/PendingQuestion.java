package org.manusroutes.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.Messages;
import org.manusroutes.manus.Messages.AssistantMessage;
import org.manusroutes.manus.Messages.Message;
import org.manusroutes.manus.Messages.StatusDetail;
import org.manusroutes.manus.Messages.StatusUpdate;

/**
 * What a task waits for now, by its newest messages (docs/manus-api.md, Waiting tasks).
 *
 * @param eventId {@code waiting_for_event_id}; null when the task does not say that it waits for something
 * @param kind {@code waiting_for_event_type}
 * @param newest messages, the newest first
 */
record PendingQuestion(
        @Nullable String eventId,
        @Nullable String kind,
        List<String> options,
        boolean several,
        @Nullable JsonNode schema,
        List<Message> newest) {
    private static final int PAGE = 50;

    /** @throws org.manusroutes.manus.ManusApiException when the API refuses, or does not know the task yet */
    static PendingQuestion read(ManusApi api, String taskId) {
        Messages page = api.newestMessages(taskId, PAGE, null);
        StatusDetail detail = page.firstStatus()
                .filter(status -> !"running".equals(status.agentStatus()))
                .map(StatusUpdate::statusDetail)
                .orElse(null);
        if (detail == null || detail.waitingForEventId() == null || detail.waitingForEventType() == null) {
            return new PendingQuestion(null, null, List.of(), false, null, page.messages());
        }
        JsonNode schema = detail.confirmInputSchema();
        return page.firstOfAssistant()
                .map(AssistantMessage::questionExpectation)
                .map(offered -> of(detail, offered.texts(), offered.isMultiple(), schema, page.messages()))
                .orElseGet(() -> of(detail, List.of(), false, schema, page.messages()));
    }

    private static PendingQuestion of(
            StatusDetail detail,
            List<String> options,
            boolean several,
            @Nullable JsonNode schema,
            List<Message> newest) {
        return new PendingQuestion(
                detail.waitingForEventId(),
                detail.waitingForEventType(),
                options,
                several,
                schema == null || schema.isNull() ? null : schema,
                newest);
    }

    /** What is asked, in the words of the task; empty when it says nothing. */
    String text() {
        return newest.stream()
                .flatMap(message -> Stream.ofNullable(message.assistantMessage()))
                .findFirst()
                .map(AssistantMessage::content)
                .orElse("");
    }

    /** When the task began to wait. */
    Instant askedAt() {
        return newest.stream()
                .filter(message -> message.statusUpdate() != null && message.timestamp() > 0)
                .findFirst()
                .map(message -> Instant.ofEpochMilli(message.timestamp()))
                .orElseGet(Instant::now);
    }

    boolean isWaiting() {
        return eventId != null;
    }

    /** Whether the task still waits for this question, or for one that nobody has read. */
    boolean isFor(Question question) {
        return isWaiting() && (question.waitingEventId() == null || Objects.equals(eventId, question.waitingEventId()));
    }

    /** Whether these words have been said since the task began to wait for this. */
    boolean hasBeenTold(Question question, String words) {
        boolean told = false;
        for (Message message : newest) {
            if (message.userMessage() != null
                    && message.userMessage().text().strip().equals(words.strip())) {
                told = true;
            }
            StatusUpdate status = message.statusUpdate();
            if (status != null && status.statusDetail() != null) {
                String waiting = status.statusDetail().waitingForEventId();
                if (waiting != null
                        && (question.waitingEventId() == null || waiting.equals(question.waitingEventId()))) {
                    return told;
                }
            }
        }
        return false;
    }
}
