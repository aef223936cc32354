package org.manusroutes.standins;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Plays tasks: events on the one side, what the API says about them on the other. */
final class SampleTasks {
    // so that the events of a task seldom overtake each other
    private static final long PAUSE_MILLIS = 150;

    private final Map<String, SimulatedTask> tasks = new ConcurrentHashMap<>();
    private final FileShelf files;
    private final ScheduledExecutorService scheduler;
    private final Consumer<Map<String, Object>> emit;

    SampleTasks(FileShelf files, ScheduledExecutorService scheduler, Consumer<Map<String, Object>> emit) {
        this.files = files;
        this.scheduler = scheduler;
        this.emit = emit;
    }

    Optional<SimulatedTask> find(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    List<SimulatedTask> newestFirst() {
        List<SimulatedTask> all = new ArrayList<>(tasks.values());
        all.sort(Comparator.comparingLong(SimulatedTask::startedAt)
                .thenComparing(SimulatedTask::id)
                .reversed());
        return all;
    }

    /** After an answer, or a further message: the task runs on, and finishes. */
    void goOn(SimulatedTask task) {
        task.becomes("running");
        task.says("status_update", Map.of("agent_status", "running", "brief", "Going on", "description", "Going on"));
        int step = task.nextStep();
        scheduler.schedule(
                () -> {
                    EventBuilder stopped = event(task, "task_stopped", step).title(task.title());
                    stopped.reason("finish").message("Done, as you said.").noAttachments();
                    task.says("assistant_message", said(detail(stopped)));
                    task.becomes("stopped");
                    emit.accept(stopped.build());
                },
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private EventBuilder event(SimulatedTask task, String type, int step) {
        return new EventBuilder(files, type, task.id(), task.startedAt() + step);
    }

    /** Four events, one after the other; returns when none of them has been sent. */
    SimulatedTask start(SampleTask sample, String title, String prompt) {
        SimulatedTask task = new SimulatedTask(Ids.taskId(), title, sample);
        tasks.put(task.id(), task);
        task.says("user_message", Map.of("content", prompt));
        List<Runnable> script = List.of(
                () -> emit.accept(
                        event(task, "task_created", 0).title(task.title()).build()),
                () -> progress(task, 1, "Reading the sources"),
                () -> progress(task, 2, "Writing the result"),
                () -> stop(task));
        for (int i = 0; i < script.size(); i++) {
            scheduler.schedule(script.get(i), PAUSE_MILLIS * (i + 1), TimeUnit.MILLISECONDS);
        }
        return task;
    }

    private void progress(SimulatedTask task, int step, String what) {
        task.isAt(step);
        task.says("status_update", Map.of("agent_status", "running", "brief", what, "description", what));
        task.says("plan_update", Map.of("steps", plan(step)));
        emit.accept(event(task, "task_progress", step).message(what).build());
    }

    private static List<Map<String, String>> plan(int step) {
        return List.of(
                Map.of("title", "Read the sources", "status", step == 1 ? "doing" : "done"),
                Map.of("title", "Write the result", "status", step == 1 ? "todo" : "doing"));
    }

    private void stop(SimulatedTask task) {
        task.isAt(3);
        if (task.sample() == SampleTask.FAILS) {
            task.says("error_message", Map.of("error_type", "internal_error", "content", "The sandbox has crashed."));
            task.becomes("error");
            return;
        }
        EventBuilder stopped = event(task, "task_stopped", 3).title(task.title());
        switch (task.sample()) {
            case FILES -> finishWithFiles(task, stopped);
            case QUESTION -> ask(task, stopped);
            case STRUCTURED_OUTPUT -> finishWithStructuredOutput(task, stopped);
            default -> throw new IllegalStateException("no stop of " + task.sample());
        }
        emit.accept(stopped.build());
    }

    private void finishWithFiles(SimulatedTask task, EventBuilder stopped) {
        stopped.reason("finish")
                .message("Revenue grew by **12 %** over Q2. The report and the figures behind it are attached.")
                .attachment("Revenue Q3.pdf", SampleFiles.pdf("Revenue Q3: plus 12 % over Q2"))
                .attachment("revenue-q3.csv", SampleFiles.csv());
        Map<String, Object> detail = detail(stopped);
        task.says("assistant_message", said(detail));
        task.becomes("stopped");
    }

    private void ask(SimulatedTask task, EventBuilder stopped) {
        Waiting waiting = Waiting.words("Which currency shall the prices be in: EUR or USD?", "EUR", "USD");
        stopped.reason("ask").message(waiting.question());
        task.waits(waiting);
    }

    /** A task that waits; its event goes out at once. */
    SimulatedTask waiting(Waiting what) {
        SimulatedTask task = new SimulatedTask(Ids.taskId(), "A task that asks", SampleTask.QUESTION);
        tasks.put(task.id(), task);
        task.says("user_message", Map.of("content", task.title()));
        askAgain(task, what);
        return task;
    }

    /** Asks something else, or something more. */
    void askAgain(SimulatedTask task, Waiting what) {
        task.waits(what);
        emit.accept(event(task, "task_stopped", task.nextStep())
                .title(task.title())
                .reason("ask")
                .message(what.question())
                .build());
    }

    private void finishWithStructuredOutput(SimulatedTask task, EventBuilder stopped) {
        Map<String, Object> invoice = Map.of("number", "2024-117", "total", 1204.5, "currency", "EUR");
        stopped.reason("finish")
                .message("The invoice has been read; its total is EUR 1,204.50.")
                .noAttachments()
                .structuredOutput(true, invoice, null);
        task.says("assistant_message", said(detail(stopped)));
        task.says("structured_output_result", Map.of("success", true, "value", invoice));
        task.becomes("stopped");
    }

    @SuppressWarnings("unchecked") // the builder made it a map
    private static Map<String, Object> detail(EventBuilder event) {
        return (Map<String, Object>) Objects.requireNonNull(event.build().get("task_detail"));
    }

    /** The message of an event in the words of task.listMessages. */
    private Map<String, Object> said(Map<String, Object> detail) {
        List<Map<String, Object>> listed = new ArrayList<>();
        if (detail.get("attachments") instanceof List<?> attached) {
            attached.forEach(each -> {
                Map<?, ?> file = (Map<?, ?>) each;
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("type", "file");
                item.put("filename", file.get("file_name"));
                item.put("url", file.get("url"));
                item.put("content_type", "application/octet-stream");
                listed.add(item);
            });
        }
        return Map.of("content", detail.get("message"), "attachments", listed);
    }
}
