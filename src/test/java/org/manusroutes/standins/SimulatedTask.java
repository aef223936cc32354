package org.manusroutes.standins;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task of the simulator: what the API says about it. Safe for use by several threads. */
public final class SimulatedTask {
    private final String id;
    private final String title;
    private final SampleTask sample;
    // some seconds ago, so that each event has a second of its own in its id, and none lies ahead
    private final long createdAt = System.currentTimeMillis() / 1000 - 5;
    private final List<Map<String, Object>> messages = new ArrayList<>();
    private final List<String> confirmations = new ArrayList<>();
    private final long startedNanos = System.nanoTime();
    private String status = "running";
    // of what happened last: events, messages and the task itself agree on it
    private long second = createdAt;
    private @Nullable Boolean backgroundJobs;

    SimulatedTask(String id, String title, SampleTask sample) {
        this.id = id;
        this.title = title;
        this.sample = sample;
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** The first message. */
    public synchronized String prompt() {
        return String.valueOf(((Map<?, ?>) messages.get(0).get("user_message")).get("content"));
    }

    public String url() {
        return "https://manus.im/app/" + id;
    }

    /** Unix seconds. */
    long startedAt() {
        return createdAt;
    }

    SampleTask sample() {
        return sample;
    }

    public synchronized String status() {
        return status;
    }

    synchronized void becomes(String newStatus) {
        status = newStatus;
    }

    /** The second that what happens now has, as a distance from the start. */
    synchronized int nextStep() {
        second = Math.max(second + 1, System.currentTimeMillis() / 1000 - 2);
        return (int) (second - createdAt);
    }

    /** What happens now has that second. */
    synchronized void isAt(int step) {
        second = createdAt + step;
    }

    boolean isYoungerThan(Duration age) {
        return System.nanoTime() - startedNanos < age.toNanos();
    }

    /** What the API says of a stopped task that may not be through; null for nothing. */
    public synchronized void hasBackgroundJobs(@Nullable Boolean has) {
        backgroundJobs = has;
    }

    /** The {@code waiting_for_event_id} of the newest status; empty when it does not wait. */
    public synchronized String waitsFor() {
        if (!status.equals("waiting")) {
            return "";
        }
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).get("status_update") instanceof Map<?, ?> update) {
                return update.get("status_detail") instanceof Map<?, ?> detail
                        ? String.valueOf(detail.get("waiting_for_event_id"))
                        : "";
            }
        }
        return "";
    }

    synchronized void waits(Waiting what) {
        says("assistant_message", what.said());
        says("status_update", what.status("evt_" + Ids.taskId()));
        status = "waiting";
    }

    synchronized void confirmed(Object input) {
        confirmations.add(String.valueOf(input));
    }

    /** The input of each confirmation that was accepted, as JSON. */
    public synchronized List<String> confirmations() {
        return List.copyOf(confirmations);
    }

    /** What people have told the task after its prompt, oldest first. */
    public synchronized List<String> answers() {
        return messages.stream()
                .skip(1)
                .filter(message -> message.get("user_message") != null)
                .map(message -> String.valueOf(((Map<?, ?>) message.get("user_message")).get("content")))
                .toList();
    }

    /** @param type also the name of the part */
    synchronized void says(String type, Map<String, Object> part) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", "msg_" + messages.size());
        message.put("type", type);
        message.put("timestamp", second * 1000 + messages.size());
        message.put(type, part);
        messages.add(message);
    }

    /** Oldest first. */
    synchronized List<Map<String, Object>> messages() {
        return List.copyOf(messages);
    }

    synchronized Map<String, Object> detail() {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("id", id);
        detail.put("status", status);
        detail.put("title", title);
        detail.put("task_url", url());
        detail.put("created_at", createdAt);
        detail.put("updated_at", second);
        if (backgroundJobs != null) {
            detail.put("has_running_background_jobs", backgroundJobs);
        }
        detail.put("credit_usage", 128);
        detail.put("a_field_of_next_year", Map.of());
        return detail;
    }
}
