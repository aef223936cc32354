package org.manusroutes.manus.camel;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.manus.CreatedTask;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.NewTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a task once under its key, over all nodes and attempts. A row is claimed before the call. Where the outcome
 * of a call is not known, because its answer was lost or its node died, the task is looked for ({@link LostTasks})
 * before the call is made again.
 */
final class TaskCreation {
    private static final Logger log = LoggerFactory.getLogger(TaskCreation.class);

    /** Longer than a call takes, its turn and its time-outs included. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final ManusApi api;
    private final CreatedTasks table;
    private final int longestChain;

    TaskCreation(ManusApi api, CreatedTasks table, int longestChain) {
        this.api = api;
        this.table = table;
        this.longestChain = longestChain;
    }

    /** @param existed whether it was created before, by another step or an earlier attempt */
    record Result(CreatedTask task, boolean existed) {}

    /**
     * The task of this key.
     *
     * @param parent the task whose event leads to this one; null for none
     * @throws PermanentFailure when the chain of tasks has become too long, or nobody can tell whether the task was
     *     created
     * @throws Postponed while another one is at it
     * @throws RetryLater when it is not known yet whether the task was created
     * @throws ManusApiException when the API refuses, and no task was created
     */
    Result create(String key, NewTask task, @Nullable String parent) {
        CreatedTasks.Row row = table.find(key).orElse(null);
        if (row != null && row.task() != null) {
            return known(key, row, row.task(), task);
        }
        if (row == null && table.claim(key, task.prompt(), checkedChain(parent), LEASE)) {
            return new Result(call(key, task, true), false);
        }
        if (!table.takeOver(key, LEASE)) {
            return table.find(key)
                    .flatMap(it -> Optional.ofNullable(it.task()).map(there -> known(key, it, there, task)))
                    .orElseThrow(() -> new Postponed(
                            "the task of the key '" + key + "' is being created, or its answer was lost a moment ago",
                            ApiFailures.LOOK_AFTER));
        }
        CreatedTasks.Row claimed = table.find(key).orElseThrow(() -> vanished(key));
        CreatedTask lost = look(key, claimed);
        return lost == null ? new Result(again(key, task), false) : new Result(lost, true);
    }

    private int checkedChain(@Nullable String parent) {
        int chain = table.chain(parent) + 1;
        if (chain > longestChain) {
            throw new PermanentFailure("the task " + parent + " is the last of a chain of " + (chain - 1)
                    + " tasks that routes have created, each from an event of the one before: no further one is"
                    + " created (manus.api.longest-chain), else it might go on for ever");
        }
        return chain;
    }

    private static Result known(String key, CreatedTasks.Row row, CreatedTask there, NewTask asked) {
        if (!row.promptSha256().equals(CreatedTasks.digest(asked.prompt()))) {
            log.warn(
                    "The key {} is that of the task {}, which was created with another prompt; when the step is to"
                            + " create several tasks, set the header {}",
                    key,
                    there.taskId(),
                    ManusConstants.TASK_KEY);
        }
        return new Result(there, true);
    }

    private CreatedTask call(String key, NewTask task, boolean first) {
        CreatedTask created;
        try {
            created = api.createTask(task);
        } catch (ManusApiException refusal) {
            if (refusal.isUnknownOutcome()) {
                table.lease(key, ApiFailures.LOOK_AFTER);
                throw new RetryLater(
                        "whether the task was created is not known, and it is looked for before it is created again: "
                                + refusal.getMessage(),
                        ApiFailures.LOOK_AFTER,
                        refusal);
            }
            if (first) {
                table.forget(key);
            } else {
                table.lease(key, Duration.ZERO); // a call before it may still have been heard
            }
            throw refusal;
        }
        if (!table.created(key, created)) {
            throw new RetryLater(
                    "the task " + created.taskId() + " has been taken for that of another key with the same prompt",
                    ApiFailures.LOOK_AFTER,
                    null);
        }
        return created;
    }

    /** Null when it is not there. */
    private @Nullable CreatedTask look(String key, CreatedTasks.Row claimed) {
        try {
            CreatedTask lost = new LostTasks(api, table)
                    .find(claimed.promptSha256(), claimed.claimedAt(), claimed.sentAt())
                    .filter(found -> table.created(key, found))
                    .orElse(null);
            log.info(
                    "The task of the key {} may have been created before: {}",
                    key,
                    lost == null ? "it was not" : "it is " + lost.taskId());
            return lost;
        } catch (PermanentFailure untold) {
            table.forget(key);
            throw untold;
        } catch (ManusApiException refusal) {
            if (refusal.isNotInV1()) {
                table.forget(key);
                throw new PermanentFailure(
                        "whether the task was created is not known, and v1 of the API cannot be asked: look for it at"
                                + " Manus; a replay creates it again",
                        refusal);
            }
            table.lease(key, Duration.ZERO);
            if (refusal.isNotFound()) {
                throw new RetryLater(
                        "whether the task was created cannot be told yet: " + refusal.getMessage(),
                        ApiFailures.LOOK_AFTER,
                        refusal);
            }
            throw refusal;
        }
    }

    private CreatedTask again(String key, NewTask task) {
        table.sent(key, task.prompt());
        return call(key, task, false);
    }

    private static RetryLater vanished(String key) {
        return new RetryLater("the key '" + key + "' has just been given up", Duration.ofSeconds(1), null);
    }
}
