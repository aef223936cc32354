package org.manusroutes.manus;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
            @Nullable StatusUpdate statusUpdate) {}

    /** What the assistant said. */
    public record AssistantMessage(@Nullable String content, List<AttachedFile> attachments) {
        /** @param attachments taken as empty where the API leaves them out */
        public AssistantMessage(@Nullable String content, @Nullable List<AttachedFile> attachments) {
            this.content = content;
            this.attachments = List.copyOf(Objects.requireNonNullElse(attachments, List.of()));
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

    /** What a waiting task waits for. */
    public record StatusDetail(
            @Nullable String waitingForEventId,
            @Nullable String waitingForEventType,
            @Nullable String waitingDescription) {}
}
