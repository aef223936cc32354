package org.manusroutes.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manusroutes.inbox.store.EventTable;
import org.manusroutes.inbox.store.EventTable.StopEvent;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.Task;
import org.manusroutes.manus.TaskPage;
import org.manusroutes.reconcile.JudgedTasks.Judged;
import org.manusroutes.reconcile.Progress.Walk;
import org.manusroutes.reconcile.TaskJudge.Case;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The walk through {@code task.list}, newest first, a page at a time; where it stands lies in the database. Each hour
 * it goes all the way, in between as far as something may have changed: docs/reconcile.md, The walk.
 */
@Component
final class TaskWalk {
    private static final int PAGE = 100;
    private static final long FAR_EVERY = Duration.ofHours(1).toSeconds();
    /** A cursor that is older may not be known any more. */
    private static final long LONGEST = Duration.ofHours(1).toSeconds();
    /** Clocks differ, and tasks move between pages. */
    private static final long OVERLAP = Duration.ofMinutes(10).toSeconds();
    /** The API is away, or as good as: the rest of the page comes with the next walk. */
    private static final int MOST_FAILURES = 3;

    private static final Logger log = LoggerFactory.getLogger(TaskWalk.class);

    private final Progress progress;
    private final TaskJudge judge;
    private final JudgedTasks judged;
    private final EventTable events;

    TaskWalk(Progress progress, TaskJudge judge, JudgedTasks judged, EventTable events) {
        this.progress = progress;
        this.judge = judge;
        this.judged = judged;
        this.events = events;
    }

    /** A walk from the newest task on, or where an earlier one stands that did not come to its end. */
    Walk start(Walk last, long since, long now) {
        Long startedAt = last.startedAt();
        if (startedAt != null && now - startedAt < LONGEST) {
            return last;
        }
        Long farAt = last.walkedFarAt();
        Long backTo = last.backTo();
        boolean far = startedAt != null || farAt == null || backTo == null || now - farAt >= FAR_EVERY;
        long horizon = judge.horizon(since, now);
        Walk walk = new Walk(
                last.walkedAt(),
                farAt,
                far || backTo == null ? horizon : Math.max(backTo, horizon),
                now,
                far,
                null,
                null);
        progress.write(walk);
        return walk;
    }

    /**
     * Judges the tasks of the next page.
     *
     * @param alive called before each call of the API; throws when another node may walk now
     * @return the walk after it; its start is null when it has come to its end
     * @throws ManusApiException when the page cannot be read, or the calls of a minute are used up: it is repeated
     */
    Walk page(ManusApi api, Walk walk, long since, Clock clock, Runnable alive) {
        alive.run();
        TaskPage page = read(api, walk);
        if (page == null) {
            return restarted(walk);
        }
        long now = clock.seconds();
        Long unsettled = judge(api, page.data(), judge.horizon(since, now), clock, alive);
        Long oldest = least(walk.unsettled(), unsettled);
        String cursor = page.nextCursor();
        boolean more = page.hasMore() && cursor != null && !cursor.equals(walk.cursor());
        boolean ends = !more || page.data().stream().allMatch(task -> isBefore(task, walk.backTo()));
        Walk next = ends ? ended(walk, oldest, now) : moved(walk, oldest, cursor);
        alive.run();
        progress.write(next);
        return next;
    }

    /** Null when the API does not know the cursor any more. */
    private static @Nullable TaskPage read(ManusApi api, Walk walk) {
        try {
            return api.newestTasks(PAGE, walk.cursor());
        } catch (ManusApiException refusal) {
            if (walk.cursor() != null && (refusal.status() == 400 || refusal.isNotFound())) {
                return null;
            }
            throw refusal;
        }
    }

    private Walk restarted(Walk walk) {
        Walk again = moved(walk, walk.unsettled(), null);
        progress.write(again);
        return again;
    }

    /** When the oldest task was created that is to be looked at again; null when there is none. */
    private @Nullable Long judge(ManusApi api, List<Task> tasks, long horizon, Clock clock, Runnable alive) {
        if (tasks.isEmpty()) {
            return null;
        }
        List<String> ids = tasks.stream().map(Task::id).toList();
        Map<String, List<StopEvent>> stops =
                events.stopsOf(ids).stream().collect(Collectors.groupingBy(StopEvent::taskId));
        Map<String, Judged> before =
                judged.of(ids).stream().collect(Collectors.toMap(Judged::taskId, Function.identity()));
        Long oldest = null;
        int failures = 0;
        for (Task task : tasks) {
            boolean settled = false;
            if (failures < MOST_FAILURES) {
                alive.run();
                Case known = new Case(task, stops.getOrDefault(task.id(), List.of()), before.get(task.id()));
                try {
                    settled = judge.isSettled(api, known, horizon, clock.seconds());
                    failures = 0;
                } catch (ManusApiException refusal) {
                    failures += failure(task, refusal);
                }
            }
            if (!settled) {
                oldest = least(oldest, task.createdSeconds());
            }
        }
        return oldest;
    }

    /** Others go on: 1 when it is one that counts. */
    private static int failure(Task task, ManusApiException refusal) {
        if (refusal.isRateLimited()) {
            throw refusal;
        }
        if (refusal.isNotFound()) { // it is seconds old, or was deleted a moment ago
            return 0;
        }
        log.warn("Could not read the messages of task {}; it is tried again: {}", task.id(), refusal.getMessage());
        return 1;
    }

    private static boolean isBefore(Task task, @Nullable Long second) {
        Long created = task.createdSeconds();
        Long updated = task.updatedSeconds();
        Long changed =
                updated == null ? created : Long.valueOf(Math.max(updated, Objects.requireNonNullElse(created, 0L)));
        return changed != null && second != null && changed < second;
    }

    private static Walk moved(Walk walk, @Nullable Long unsettled, @Nullable String cursor) {
        return new Walk(
                walk.walkedAt(), walk.walkedFarAt(), walk.backTo(), walk.startedAt(), walk.far(), unsettled, cursor);
    }

    private Walk ended(Walk walk, @Nullable Long unsettled, long now) {
        long startedAt = Objects.requireNonNullElse(walk.startedAt(), now);
        long again = unsettled == null ? startedAt : Math.min(startedAt, unsettled);
        return new Walk(
                startedAt,
                walk.far() ? Long.valueOf(startedAt) : walk.walkedFarAt(),
                again - OVERLAP,
                null,
                false,
                null,
                null);
    }

    private static @Nullable Long least(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }

    /** Unix seconds. */
    interface Clock {
        long seconds();
    }
}
