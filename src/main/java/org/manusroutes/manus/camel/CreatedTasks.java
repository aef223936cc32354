package org.manusroutes.manus.camel;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.CreatedTask;
import org.manusroutes.text.DatabaseText;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code created_task}: each task that routes have created, or are creating. Times are the database's. */
@Component
final class CreatedTasks {
    private static final int LONGEST_KEY = 300;

    private static final String CLAIM = """
            insert into created_task (task_key, state, prompt_sha256, chain, claimed_at, sent_at, leased_until)
            values (:key, 'creating', :prompt, :chain, current_timestamp, current_timestamp,
                current_timestamp + cast(:millis as integer) * interval '0.001' second)
            on conflict do nothing
            """;

    private static final String TAKE_OVER = """
            update created_task set leased_until = current_timestamp
                + cast(:millis as integer) * interval '0.001' second
            where task_key = :key and state = 'creating' and leased_until <= current_timestamp
            """;

    private static final String LEASE = """
            update created_task set leased_until = current_timestamp
                + cast(:millis as integer) * interval '0.001' second
            where task_key = :key and state = 'creating'
            """;

    private static final String SENT = """
            update created_task set sent_at = current_timestamp, prompt_sha256 = :prompt
            where task_key = :key and state = 'creating'
            """;

    private static final String FORGET = "delete from created_task where task_key = :key and state = 'creating'";

    private static final String CREATED = """
            update created_task set state = 'created', leased_until = null, task_id = :task, title = :title, url = :url
            where task_key = :key and state = 'creating'
            """;

    private static final String FIND = """
            select state, prompt_sha256, claimed_at, sent_at, task_id, title, url from created_task
            where task_key = :key
            """;

    private static final String FORGET_OLD = """
            delete from created_task where state = 'created'
                and claimed_at < current_timestamp - cast(:seconds as integer) * interval '1' second
            """;

    private final JdbcClient jdbc;

    CreatedTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is known under a key.
     *
     * @param task null while it is being created
     */
    record Row(
            String promptSha256,
            Instant claimedAt,
            Instant sentAt,
            @Nullable CreatedTask task) {}

    Optional<Row> find(String key) {
        return jdbc.sql(FIND)
                .param("key", DatabaseText.key(key, LONGEST_KEY))
                .query((row, number) -> new Row(
                        row.getString("prompt_sha256"),
                        row.getObject("claimed_at", OffsetDateTime.class).toInstant(),
                        row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                        row.getString("state").equals("created")
                                ? new CreatedTask(
                                        row.getString("task_id"), row.getString("title"), row.getString("url"))
                                : null))
                .optional();
    }

    /**
     * The first to create a task under this key.
     *
     * @return false when the key is known already
     */
    boolean claim(String key, String prompt, int chain, Duration lease) {
        return jdbc.sql(CLAIM)
                        .param("key", DatabaseText.key(key, LONGEST_KEY))
                        .param("prompt", digest(prompt))
                        .param("chain", chain)
                        .param("millis", lease.toMillis())
                        .update()
                == 1;
    }

    /**
     * To look for a task whose creation has an unknown end.
     *
     * @return false while another one is at it
     */
    boolean takeOver(String key, Duration lease) {
        return jdbc.sql(TAKE_OVER)
                        .param("key", DatabaseText.key(key, LONGEST_KEY))
                        .param("millis", lease.toMillis())
                        .update()
                == 1;
    }

    /** Nobody looks for it before that. */
    void lease(String key, Duration lease) {
        jdbc.sql(LEASE)
                .param("key", DatabaseText.key(key, LONGEST_KEY))
                .param("millis", lease.toMillis())
                .update();
    }

    /** It is about to be sent again. */
    void sent(String key, String prompt) {
        jdbc.sql(SENT)
                .param("key", DatabaseText.key(key, LONGEST_KEY))
                .param("prompt", digest(prompt))
                .update();
    }

    /** It is certain that no task was created. */
    void forget(String key) {
        jdbc.sql(FORGET).param("key", DatabaseText.key(key, LONGEST_KEY)).update();
    }

    /** Those that were created longer ago: their keys are unknown again. */
    void forgetOlderThan(Duration keep) {
        jdbc.sql(FORGET_OLD).param("seconds", keep.toSeconds()).update();
    }

    /**
     * It is created.
     *
     * @return false when the task belongs to another key
     */
    boolean created(String key, CreatedTask task) {
        try {
            jdbc.sql(CREATED)
                    .param("key", DatabaseText.key(key, LONGEST_KEY))
                    .param("task", task.taskId())
                    .param("title", text(task.taskTitle()))
                    .param("url", text(task.taskUrl()))
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** Those of these tasks that belong to a key. */
    Set<String> owned(Collection<String> taskIds) {
        return taskIds.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql("select task_id from created_task where task_id in (:ids)")
                        .param("ids", taskIds)
                        .query(String.class)
                        .list());
    }

    /** How many tasks led to each other's creation, up to this one; 0 when no route has created it. */
    int chain(@Nullable String taskId) {
        return taskId == null
                ? 0
                : jdbc.sql("select chain from created_task where task_id = :id")
                        .param("id", taskId)
                        .query(Integer.class)
                        .optional()
                        .orElse(0);
    }

    /** Of the words; the blanks around them do not count. */
    static String digest(String prompt) {
        return DigestUtils.sha256Hex(prompt.strip());
    }

    private static @Nullable String text(@Nullable String text) {
        return text == null ? null : DatabaseText.of(text);
    }
}
