package org.manusroutes.manus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A page of a task's messages, in the order asked for. */
public record Messages(
        List<Message> messages, boolean hasMore, @Nullable String nextCursor) {
    /** @param messages taken as empty where the API leaves it out */
    public Messages(@Nullable List<Message> messages, boolean hasMore, @Nullable String nextCursor) {
        this.messages = List.copyOf(Objects.requireNonNullElse(messages, List.of()));
        this.hasMore = hasMore;
        this.nextCursor = nextCursor;
    }

    /** The first message of the assistant on this page. */
    public Optional<AssistantMessage> firstOfAssistant() {
        return ofAssistant().findFirst();
    }

    /** The first change of status on this page. */
    public Optional<StatusUpdate> firstStatus() {
        return messages.stream()
                .flatMap(message -> Stream.ofNullable(message.statusUpdate()))
                .findFirst();
    }

    /** The newest state of the plan on this page. */
    public List<PlanStep> plan() {
        return messages.stream()
                .flatMap(message -> Stream.ofNullable(message.planUpdate()))
                .findFirst()
                .map(PlanUpdate::steps)
                .orElse(List.of());
    }

    Stream<AssistantMessage> ofAssistant() {
        return messages.stream().flatMap(message -> Stream.ofNullable(message.assistantMessage()));
    }

    /**
     * One message; of its parts only the one named by its type is there.
     *
     * @param timestamp milliseconds since 1970
     */
    public record Message(
            @Nullable String id,
            String type,
            long timestamp,
            @Nullable AssistantMessage assistantMessage,
            @Nullable StatusUpdate statusUpdate,
            @Nullable UserMessage userMessage,
            @Nullable ErrorMessage errorMessage,
            @Nullable StructuredOutput structuredOutputResult,
            @Nullable PlanUpdate planUpdate) {}

    /** How far the task is with what it has planned. */
    public record PlanUpdate(List<PlanStep> steps) {
        /** @param steps taken as empty where the API leaves them out */
        public PlanUpdate(@Nullable List<PlanStep> steps) {
            this.steps = List.copyOf(Objects.requireNonNullElse(steps, List.of()));
        }
    }

    /**
     * A step of the plan.
     *
     * @param status {@code todo}, {@code doing}, {@code done} or {@code failed}; the set may grow
     */
    public record PlanStep(
            @Nullable String status, @Nullable String title) {}

    /** What a person, or a program in their place, told the task. */
    public record UserMessage(@Nullable JsonNode content) {
        /** The words; empty for what is said in another way. */
        public String text() {
            return content != null && content.isTextual() ? content.textValue() : "";
        }
    }

    /** Why a task ended in an error. */
    public record ErrorMessage(
            @Nullable String errorType, @Nullable String content) {}

    /**
     * What a task with a schema made.
     *
     * @param success when false, {@code value} holds zero values
     */
    public record StructuredOutput(
            boolean success,
            @Nullable JsonNode value,
            @Nullable JsonNode error) {}

    /** What the assistant said; a question may come with what can be answered. */
    public record AssistantMessage(
            @Nullable String content,
            List<AttachedFile> attachments,
            @Nullable QuestionExpectation questionExpectation) {
        /** @param attachments taken as empty where the API leaves them out */
        public AssistantMessage(
                @Nullable String content,
                @Nullable List<AttachedFile> attachments,
                @Nullable QuestionExpectation questionExpectation) {
            this.content = content;
            this.questionExpectation = questionExpectation;
            this.attachments = List.copyOf(Objects.requireNonNullElse(attachments, List.of()));
        }
    }

    /**
     * What a question offers; newer than the vendor's documentation (docs/manus-api.md, Answering).
     *
     * @param selectionMode {@code multiple}, or one of a list that may grow
     */
    public record QuestionExpectation(
            @Nullable JsonNode options, @Nullable String selectionMode) {
        /** Those that are texts, none of them blank. */
        public List<String> texts() {
            return options == null
                    ? List.of()
                    : StreamSupport.stream(options.spliterator(), false)
                            .filter(option ->
                                    option.isTextual() && !option.textValue().isBlank())
                            .map(JsonNode::textValue)
                            .toList();
        }

        public boolean isMultiple() {
            return "multiple".equals(selectionMode);
        }
    }

    /** A file; its URL is signed and expires. */
    public record AttachedFile(
            @Nullable String filename,
            @Nullable String url,
            @Nullable String contentType) {}

    /** What the task does now, or waits for. */
    public record StatusUpdate(
            @Nullable String agentStatus,
            @Nullable String brief,
            @Nullable String description,
            @Nullable StatusDetail statusDetail) {}

    /**
     * What a waiting task waits for.
     *
     * @param waitingForEventType {@code messageAskUser} and its kin are answered by a message, all others by a
     *     confirmation; the set grows
     * @param confirmInputSchema the JSON schema of what a confirmation carries; null when it needs nothing
     */
    public record StatusDetail(
            @Nullable String waitingForEventId,
            @Nullable String waitingForEventType,
            @Nullable String waitingDescription,
            @Nullable JsonNode confirmInputSchema) {}
}
