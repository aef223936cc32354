package org.manusroutes.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.Messages;
import org.manusroutes.manus.Messages.AssistantMessage;
import org.manusroutes.manus.Messages.PlanStep;
import org.manusroutes.manus.Messages.StatusUpdate;
import org.manusroutes.manus.Task;
import org.manusroutes.text.Untrusted;

/**
 * A task, the last that its assistant said, and what it does or waits for.
 *
 * @param message null when the assistant has not said anything lately
 * @param plan its steps as they stand; empty when it has said none lately
 */
record TaskReport(
        Task task,
        @Nullable AssistantMessage message,
        @Nullable StatusUpdate status,
        List<PlanStep> plan) {
    private static final int LATEST = 50;

    /** @throws ManusApiException when the API does not know the task, among others */
    static TaskReport of(ManusApi api, String taskId) {
        Task task = api.task(taskId);
        Messages messages = latest(api, taskId);
        return new TaskReport(
                task,
                messages.firstOfAssistant().orElse(null),
                messages.firstStatus().orElse(null),
                messages.plan());
    }

    /**
     * For some seconds after a task was created its messages are answered with 404 (docs/manus-api.md, REST API v2).
     */
    private static Messages latest(ManusApi api, String taskId) {
        try {
            return api.newestMessagesWithPlan(taskId, LATEST);
        } catch (ManusApiException refusal) {
            if (refusal.isNotFound()) {
                return new Messages(List.of(), false, null);
            }
            throw refusal;
        }
    }

    boolean isRunning() {
        return task.status().equals("running");
    }

    /** What the task says that it does, in a few words. */
    String brief() {
        return status == null ? "" : Objects.requireNonNullElse(status.brief(), "");
    }

    /** {@code [x] Read the sources}, a line for each step of the plan. */
    List<String> steps() {
        return plan.stream()
                .map(step -> switch (Objects.requireNonNullElse(step.status(), "")) {
                            case "done" -> "[x] ";
                            case "doing" -> "[>] ";
                            case "failed" -> "[!] ";
                            default -> "[ ] ";
                        }
                        + Untrusted.line(step.title()))
                .toList();
    }

    String text() {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("task", task.id()));
        add(facts, "title", task.title());
        facts.add(List.of("status", task.status()));
        add(facts, "waits for", waitsFor());
        add(facts, "url", task.taskUrl());
        add(facts, "created", task.createdAt());
        add(facts, "updated", task.updatedAt());
        add(facts, "credits", task.creditUsage());
        return String.join(
                System.lineSeparator().repeat(2),
                Stream.of(Output.columns(facts), said(), files())
                        .filter(part -> !part.isBlank())
                        .toList());
    }

    private @Nullable String waitsFor() {
        return !task.status().equals("waiting") || status == null || status.statusDetail() == null
                ? null
                : status.statusDetail().waitingDescription();
    }

    private String said() {
        return message == null ? "" : Objects.requireNonNullElse(message.content(), "");
    }

    private String files() {
        return message == null
                ? ""
                : Output.columns(message.attachments().stream()
                        .map(file -> List.of(
                                Objects.requireNonNullElse(file.filename(), "(no name)"),
                                Objects.requireNonNullElse(file.url(), "(no URL)")))
                        .toList());
    }

    private static void add(List<List<String>> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(List.of(name, value));
        }
    }
}
