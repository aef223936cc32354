package org.manusroutes.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventIds;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.Messages;
import org.manusroutes.manus.Messages.AssistantMessage;
import org.manusroutes.manus.Messages.AttachedFile;
import org.manusroutes.manus.Messages.ErrorMessage;
import org.manusroutes.manus.Messages.Message;
import org.manusroutes.manus.Messages.StatusUpdate;
import org.manusroutes.manus.Messages.StructuredOutput;
import org.manusroutes.manus.Task;

/**
 * What a task has said since somebody told it something last, from its newest messages (docs/manus-api.md, REST API
 * v2). A page of them is in memory.
 */
final class LastTurn {
    private static final int PAGE = 50;
    private static final int MOST_PAGES = 5;
    /** The moment of a question is known well; that an event is emitted so long before is not plausible. */
    private static final long QUESTION_SECONDS = 60;

    private boolean empty = true;
    private boolean stoppedByAPerson;
    private long newest;
    private long told;
    private long asked;
    private @Nullable AssistantMessage said;
    private List<AttachedFile> files = List.of();
    private @Nullable StructuredOutput output;
    private @Nullable ErrorMessage error;
    private long failed;
    private @Nullable String description;

    private LastTurn() {}

    /** @throws org.manusroutes.manus.ManusApiException when the messages cannot be read */
    static LastTurn of(ManusApi api, String taskId) {
        LastTurn turn = new LastTurn();
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Messages messages = api.newestMessages(taskId, PAGE, cursor);
            for (Message message : messages.messages()) {
                if (turn.readsNoFurtherThan(message)) {
                    return turn;
                }
            }
            cursor = messages.nextCursor();
            if (!messages.hasMore() || cursor == null) {
                break;
            }
        }
        return turn;
    }

    private boolean readsNoFurtherThan(Message message) {
        if (message.userMessage() != null || message.type().equals("user_message")) {
            told = message.timestamp();
            return true;
        }
        empty = false;
        newest = Math.max(newest, message.timestamp());
        if (message.type().equals("user_stop") && said == null) {
            stoppedByAPerson = true;
        }
        AssistantMessage assistant = message.assistantMessage();
        if (assistant != null) {
            said = said == null ? assistant : said;
            files = files.isEmpty() ? assistant.attachments() : files;
        }
        output = output == null ? message.structuredOutputResult() : output;
        if (error == null && message.errorMessage() != null) {
            error = message.errorMessage();
            failed = message.timestamp();
        }
        StatusUpdate status = message.statusUpdate();
        if (asked == 0 && status != null && status.statusDetail() != null) {
            asked = message.timestamp();
            description = status.statusDetail().waitingDescription();
        }
        return false;
    }

    /** Nothing: somebody has just told the task to go on, or the messages are not there yet. */
    boolean isEmpty() {
        return empty;
    }

    /** Why a task of this status stopped, in the words of {@code stop_reason}. */
    String reason(String status) {
        if (status.equals("waiting")) {
            return "ask";
        }
        return stoppedByAPerson ? EventIds.STOPPED_BY_A_PERSON : "finish";
    }

    /** When it stopped, in Unix seconds; what is given when no message says so. */
    long second(String status, long otherwise) {
        long known = newest;
        if (status.equals("waiting") && asked > 0) {
            known = asked;
        } else if (status.equals("error") && failed > 0) {
            known = failed;
        }
        return known > 0 ? known / 1000 : otherwise;
    }

    /** The first second in which Manus can have emitted the event of this stop. */
    long emittedFrom(String status, long second) {
        long from = told > 0 ? told / 1000 + 1 : second - QUESTION_SECONDS;
        return Math.min(second, status.equals("waiting") ? Math.max(from, second - QUESTION_SECONDS) : from);
    }

    /** {@code task_detail} of a {@code task_stopped}; sizes of files are unknown. */
    Map<String, @Nullable Object> stopped(Task task, String reason) {
        Map<String, @Nullable Object> detail = about(task);
        detail.put("message", said == null || said.content() == null ? description : said.content());
        detail.put("attachments", attachments());
        detail.put("stop_reason", reason);
        if (output != null) {
            Map<String, @Nullable Object> structured = new LinkedHashMap<>();
            structured.put("success", output.success());
            structured.put("value", output.value());
            structured.put("error", output.error());
            detail.put("structured_output", structured);
        }
        if (said != null && said.questionExpectation() != null) {
            detail.put(
                    "question_expectation",
                    Map.of("options", said.questionExpectation().texts()));
        }
        return detail;
    }

    /** {@code task_detail} of a {@code task_failed}. */
    Map<String, @Nullable Object> failed(Task task) {
        Map<String, @Nullable Object> detail = about(task);
        detail.put("message", error == null ? null : error.content());
        detail.put("error_type", error == null ? null : error.errorType());
        return detail;
    }

    private static Map<String, @Nullable Object> about(Task task) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("task_id", task.id());
        detail.put("task_title", task.title());
        detail.put("task_url", task.taskUrl());
        return detail;
    }

    private List<Map<String, @Nullable Object>> attachments() {
        List<Map<String, @Nullable Object>> attachments = new ArrayList<>();
        for (AttachedFile file : files) {
            Map<String, @Nullable Object> attachment = new LinkedHashMap<>();
            attachment.put("file_name", file.filename());
            attachment.put("url", file.url());
            attachments.add(attachment);
        }
        return attachments;
    }
}
