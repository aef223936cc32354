package org.manusroutes.reconcile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.CreatedTask;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.Messages;
import org.manusroutes.manus.Messages.AssistantMessage;
import org.manusroutes.manus.Messages.AttachedFile;
import org.manusroutes.manus.Messages.ErrorMessage;
import org.manusroutes.manus.Messages.Message;
import org.manusroutes.manus.Messages.StatusDetail;
import org.manusroutes.manus.Messages.StatusUpdate;
import org.manusroutes.manus.Messages.UserMessage;
import org.manusroutes.manus.NewTask;
import org.manusroutes.manus.Task;
import org.manusroutes.manus.TaskPage;
import org.manusroutes.manus.Webhook;
import org.manusroutes.manus.Webhooks;

/** The API as far as it is asked what happened, without HTTP; times are Unix seconds. */
final class FakeManus implements ManusApi {
    /** By id, the newest last. */
    final Map<String, Task> tasks = new LinkedHashMap<>();

    final List<Webhook> registered = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final Map<String, Supplier<? extends RuntimeException>> refusals = new HashMap<>();
    final Set<String> unknownCursors = new HashSet<>();
    int pageSize = 100;
    private final Map<String, List<Message>> messages = new HashMap<>();

    void task(String id, String status, long created, @Nullable Long updated) {
        task(id, status, created, updated, null);
    }

    void task(String id, String status, long created, @Nullable Long updated, @Nullable Boolean backgroundJobs) {
        tasks.put(
                id,
                new Task(
                        id,
                        status,
                        "Title of " + id,
                        "https://manus.im/app/" + id,
                        String.valueOf(created),
                        updated == null ? null : String.valueOf(updated),
                        null,
                        backgroundJobs));
    }

    void told(String task, long second) {
        add(task, "user_message", second, null, null, new UserMessage(null), null);
    }

    void says(String task, long second, String text, String... files) {
        List<AttachedFile> attached = new ArrayList<>();
        for (String file : files) {
            attached.add(new AttachedFile(file, "https://files.manuscdn.com/" + file + "?Signature=x", null));
        }
        add(task, "assistant_message", second, new AssistantMessage(text, attached, null), null, null, null);
    }

    void waits(String task, long second, String question) {
        StatusDetail detail = new StatusDetail("evt_1", "messageAskUser", question, null);
        add(task, "status_update", second, null, new StatusUpdate("waiting", null, null, detail), null, null);
    }

    void fails(String task, long second, String why) {
        add(task, "error_message", second, null, null, null, new ErrorMessage("internal_error", why));
    }

    void stoppedByAPerson(String task, long second) {
        add(task, "user_stop", second, null, null, null, null);
    }

    private void add(
            String task,
            String type,
            long second,
            @Nullable AssistantMessage assistant,
            @Nullable StatusUpdate status,
            @Nullable UserMessage user,
            @Nullable ErrorMessage error) {
        messages.computeIfAbsent(task, first -> new ArrayList<>())
                .add(0, new Message("m", type, second * 1000, assistant, status, user, error, null, null));
    }

    /** How often the messages of a task were read. */
    long looks(String task) {
        return calls.stream().filter(("messages " + task)::equals).count();
    }

    private void call(String what) {
        calls.add(what);
        Supplier<? extends RuntimeException> refusal = refusals.get(what);
        if (refusal != null) {
            throw refusal.get();
        }
    }

    @Override
    public TaskPage newestTasks(int limit, @Nullable String cursor) {
        call("tasks " + cursor);
        List<Task> all = new ArrayList<>(tasks.values());
        Collections.reverse(all);
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(all.size(), from + pageSize);
        return new TaskPage(all.subList(from, to), to < all.size(), to < all.size() ? String.valueOf(to) : null);
    }

    @Override
    public Messages newestMessages(String taskId, int limit, @Nullable String cursor) {
        call("messages " + taskId);
        return new Messages(messages.getOrDefault(taskId, List.of()), false, null);
    }

    @Override
    public Webhooks webhooks() {
        call("webhooks");
        return new Webhooks(registered);
    }

    @Override
    public Webhook createWebhook(String url) {
        call("create " + url);
        Webhook webhook = new Webhook("wh_" + calls.size(), url, "active", null);
        registered.add(webhook);
        return webhook;
    }

    @Override
    public void deleteWebhook(String id) {
        call("delete " + id);
        registered.removeIf(webhook -> webhook.id().equals(id));
    }

    @Override
    public String publicKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CreatedTask createTask(NewTask task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Task task(String taskId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendMessage(String taskId, String content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void confirmAction(String taskId, String waitingForEventId, Map<String, ?> input) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stopTask(String taskId) {
        throw new UnsupportedOperationException();
    }
}
