package org.manusroutes.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventIds;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.inbox.InboxProperties;
import org.manusroutes.inbox.MissedEvents;
import org.manusroutes.inbox.store.EventTable.StopEvent;
import org.manusroutes.inbox.store.MissedStops.MissedStop;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.Task;
import org.manusroutes.reconcile.JudgedTasks.Judged;
import org.springframework.stereotype.Component;

/** Decides of a task whether an event of it is missing, and has it made: docs/reconcile.md, Which tasks. */
@Component
final class TaskJudge {
    /** {@code agent-default-main_task} and its kin never end (docs/manus-api.md, REST API v2). */
    private static final String ENDLESS = "agent-";
    /** Between the moment in an event's id and {@code updated_at}, when nothing has happened since. */
    private static final long SAME_CHANGE_SECONDS = 5;
    /** A task that runs for longer is looked at by the walks that go all the way. */
    private static final long OPEN_SECONDS = Duration.ofDays(1).toSeconds();

    /** The clocks of Manus and of this node differ. */
    private static final long MARGIN_SECONDS = 30;

    private static final JsonMapper json = new JsonMapper();

    private final JudgedTasks judged;
    private final MissedEvents missed;
    private final long missedAfter;
    private final long keep;

    TaskJudge(JudgedTasks judged, MissedEvents missed, ReconcileProperties properties, InboxProperties inbox) {
        this.judged = judged;
        this.missed = missed;
        this.missedAfter = properties.missedAfter().toSeconds();
        this.keep = inbox.keep().toSeconds();
    }

    /**
     * A task as it is now, and what is known of it.
     *
     * @param stops the events that say that it stopped
     * @param before how it looked when it was judged last; null when it was not
     */
    record Case(Task task, List<StopEvent> stops, @Nullable Judged before) {}

    /** What stopped before is not looked for: the receiver was not there, or may have forgotten the event. */
    long horizon(long since, long now) {
        return Math.max(since - MARGIN_SECONDS, now - keep / 2);
    }

    /**
     * Judges a task, with a call of the API where its row in {@code task.list} leaves a doubt.
     *
     * @return whether it need not be looked at again while it does not change
     * @throws org.manusroutes.manus.ManusApiException when its messages cannot be read
     */
    boolean isSettled(ManusApi api, Case task, long horizon, long now) {
        Task is = task.task();
        Long updated = is.updatedSeconds();
        if (is.id().startsWith(ENDLESS)) {
            return true;
        }
        if (!List.of("stopped", "waiting", "error").contains(is.status())) {
            if (updated == null && (task.before() == null || !task.before().looksLike(is))) {
                judged.note(is, now);
            }
            return updated != null && updated < now - OPEN_SECONDS;
        }
        if (is.status().equals("stopped") && Boolean.TRUE.equals(is.hasRunningBackgroundJobs())) {
            return false;
        }
        if (isOld(task, horizon) || (task.before() != null && task.before().looksLike(is)) || hasEvent(task)) {
            return true;
        }
        if (updated != null && updated > now - missedAfter) {
            return false;
        }
        if (!look(api, task, horizon, now)) {
            return false;
        }
        judged.note(is, now);
        return true;
    }

    /** Without a time of its change, a task counts by its creation, unless it has been seen at work. */
    private static boolean isOld(Case task, long horizon) {
        Long updated = task.task().updatedSeconds();
        Long created = task.task().createdSeconds();
        return updated != null ? updated < horizon : task.before() == null && created != null && created < horizon;
    }

    /** Whether an event tells of the last change; without its time, of a task that was not seen at work since. */
    private static boolean hasEvent(Case task) {
        Long updated = task.task().updatedSeconds();
        boolean waits = task.task().status().equals("waiting");
        return task.stops().stream()
                .filter(event -> "ask".equals(event.stopReason()) == waits)
                .anyMatch(event ->
                        updated == null ? task.before() == null : second(event) >= updated - SAME_CHANGE_SECONDS);
    }

    private static long second(StopEvent event) {
        Long emitted = EventIds.emittedAt(event.eventId(), event.taskId());
        return emitted == null ? event.receivedAt().getEpochSecond() : emitted;
    }

    private boolean look(ManusApi api, Case task, long horizon, long now) {
        Task is = task.task();
        String status = is.status();
        LastTurn turn = LastTurn.of(api, is.id());
        boolean failed = status.equals("error");
        if (turn.isEmpty() && !failed) {
            return false;
        }
        Long updated = is.updatedSeconds();
        long second = turn.second(status, updated == null ? now - missedAfter : updated);
        if (second > now - missedAfter) {
            return false;
        }
        if (second < horizon) {
            return true;
        }
        long from = turn.emittedFrom(status, second);
        if (failed) {
            if (task.stops().stream().noneMatch(event -> isOfFailure(event, from))) {
                missed.storeOwn(InternalEvents.taskFailed(is.id(), second, turn.failed(is)));
            }
            return true;
        }
        String reason = turn.reason(status);
        String id = EventIds.stopped(is.id(), second);
        missed.note(new MissedStop(id, is.id(), reason, from, now, body(id, turn.stopped(is, reason)), false));
        return true;
    }

    private static boolean isOfFailure(StopEvent event, long from) {
        return !"ask".equals(event.stopReason()) && second(event) >= from;
    }

    private static byte[] body(String id, Map<String, @Nullable Object> detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event_id", id);
        body.put("event_type", "task_stopped");
        body.put("task_detail", detail);
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and trees is always JSON", e);
        }
    }
}
