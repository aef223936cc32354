package org.manusroutes.answers;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.manusroutes.answers.Question.State;
import org.manusroutes.text.Untrusted;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code question}: all its SQL. An answer moves a row from state to state, and each statement says from
 * which: of many who answer, and of many nodes that send, one is first. Times are the database's own.
 */
public final class QuestionTable {
    private static final int OUTCOME = 2000;
    private static final int BY = 200;
    private static final String LEASE_SECONDS = "60";

    private static final String INSERT = """
            insert into question (event_key, task_id, title, url, text, options, asked_at, due_at)
            values (:event, :task, :title, :url, :text, :options, :asked,
                cast(:asked as timestamp with time zone) + cast(:remind as integer) * interval '1' second)
            on conflict do nothing
            """;

    private static final String DESCRIBE = """
            update question set waiting_event_id = :waiting, kind = :kind, options = coalesce(:options, options),
                several = :several, input_schema = :schema
            where id = :id and kind is null
            """;

    /** Not when the task has asked again since: the answer would be taken for one to the newer question. */
    private static final String ANSWER = """
            update question set state = 'answered', answer = :answer, answered_by = :by, answered_from = :from,
                answered_at = current_timestamp, due_at = current_timestamp, attempt = 0
            where id = :id and state = 'open' and not exists (
                select 1 from question newer
                where newer.task_id = question.task_id and newer.asked_at > question.asked_at)
            """;

    private static final String CLAIM = "update question set leased_by = :node, attempt = attempt + 1,"
            + " due_at = current_timestamp + interval '" + LEASE_SECONDS + "' second"
            + " where id = :id and due_at = :due";

    /** Before the call that cannot be taken back; only while the row is still this node's. */
    private static final String TRY = """
            update question set tried_at = current_timestamp
            where id = :id and leased_by = :node and attempt = :attempt and state = 'answered'
                and due_at > current_timestamp
            """;

    private static final String SETTLE = """
            update question set state = :state, outcome = :outcome, answer = :answer, reminders = :reminders,
                tried_at = case when :tried then tried_at end,
                due_at = current_timestamp + cast(:seconds as integer) * interval '1' second
            where id = :id and attempt = :attempt and state = :from
            """;

    private final JdbcClient jdbc;

    public QuestionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The table of a database, for a command.
     *
     * @throws org.springframework.dao.DataAccessException when it is not there
     */
    public static QuestionTable open(DataSource source) {
        QuestionTable table = new QuestionTable(JdbcClient.create(source));
        table.find(0);
        return table;
    }

    /** Stores what an event asks, unless it is known, and gives the row. */
    Question ask(
            String eventKey,
            String taskId,
            @Nullable String title,
            @Nullable String url,
            String text,
            List<String> options,
            Instant askedAt,
            Duration remindAfter) {
        jdbc.sql(INSERT)
                .param("event", eventKey)
                .param("task", taskId)
                .param("title", title)
                .param("url", url)
                .param("text", text)
                .param("options", options.isEmpty() ? null : QuestionRow.text(options))
                .param("asked", OffsetDateTime.ofInstant(askedAt, ZoneOffset.UTC))
                .param("remind", remindAfter.isZero() ? null : remindAfter.toSeconds())
                .update();
        return ofEvent(eventKey).orElseThrow();
    }

    /** What the task waits for, once it has been read; kept when it is known already. */
    Question describe(Question question, PendingQuestion pending) {
        jdbc.sql(DESCRIBE)
                .param("waiting", pending.eventId())
                .param("kind", pending.kind())
                .param("options", pending.options().isEmpty() ? null : QuestionRow.text(pending.options()))
                .param("several", pending.several())
                .param("schema", pending.schema() == null ? null : QuestionRow.text(pending.schema()))
                .param("id", question.id())
                .update();
        return find(question.id()).orElseThrow();
    }

    /** Whether this answer is the first. */
    boolean answer(long id, Answer answer, String by, String from) {
        return jdbc.sql(ANSWER)
                        .param("id", id)
                        .param("answer", QuestionRow.text(answer))
                        .param("by", Untrusted.cut(Untrusted.line(by), BY))
                        .param("from", from)
                        .update()
                == 1;
    }

    /**
     * An alert or a reminder, as it can be found on Slack.
     *
     * @param eventKey of the event that asks
     */
    public void posted(String eventKey, String channel, String ts) {
        jdbc.sql("update question set slack_messages = coalesce(slack_messages, '') || :line where event_key = :event")
                .param("line", channel + " " + ts + "\n")
                .param("event", eventKey)
                .update();
    }

    /** By its id. */
    public Optional<Question> find(long id) {
        return jdbc.sql("select * from question where id = :id")
                .param("id", id)
                .query(QuestionRow::read)
                .optional();
    }

    Optional<Question> ofEvent(String eventKey) {
        return jdbc.sql("select * from question where event_key = :event")
                .param("event", eventKey)
                .query(QuestionRow::read)
                .optional();
    }

    /** What the task asked last. */
    public Optional<Question> newestOf(String taskId) {
        return jdbc.sql("select * from question where task_id = :task order by asked_at desc, id desc limit 1")
                .param("task", taskId)
                .query(QuestionRow::read)
                .optional();
    }

    /** One for which there is something to do, for a minute this node's alone; claimed by nobody else. */
    Optional<Question> claim(String node) {
        record Due(long id, OffsetDateTime at) {}
        List<Due> due = jdbc.sql("select id, due_at from question where due_at <= current_timestamp"
                        + " order by due_at limit 10")
                .query((row, number) -> new Due(row.getLong(1), row.getObject(2, OffsetDateTime.class)))
                .list();
        for (Due one : due) {
            if (claim(one.id(), one.at(), node)) {
                return find(one.id());
            }
        }
        return Optional.empty();
    }

    /** This one, when it is answered and nobody is at it. */
    Optional<Question> claim(long id, String node) {
        return jdbc.sql("select due_at from question where id = :id and state = 'answered'"
                        + " and due_at <= current_timestamp")
                .param("id", id)
                .query(OffsetDateTime.class)
                .optional()
                .filter(due -> claim(id, due, node))
                .flatMap(due -> find(id));
    }

    private boolean claim(long id, OffsetDateTime due, String node) {
        return jdbc.sql(CLAIM)
                        .param("node", node)
                        .param("id", id)
                        .param("due", due)
                        .update()
                == 1;
    }

    /** Whether the answer may be sent now; from now on it may have reached Manus. */
    boolean tries(Question question, String node) {
        return jdbc.sql(TRY)
                        .param("id", question.id())
                        .param("node", node)
                        .param("attempt", question.attempt())
                        .update()
                == 1;
    }

    /**
     * What has become of a claimed row; nothing changes when somebody else has claimed it since.
     *
     * @param next until there is something to do again; null for never
     * @param tried whether the answer may have reached Manus
     */
    void settle(
            Question question,
            State state,
            @Nullable String outcome,
            @Nullable Duration next,
            boolean tried,
            int reminders) {
        Answer answer = question.answer();
        boolean over = state != State.ANSWERED && state != State.OPEN;
        jdbc.sql(SETTLE)
                .param("state", name(state))
                .param("outcome", outcome == null ? null : Untrusted.cut(Untrusted.line(outcome), OUTCOME))
                .param("answer", answer == null ? null : QuestionRow.text(over ? answer.withoutValues() : answer))
                .param("reminders", reminders)
                .param("tried", tried)
                .param("seconds", next == null ? null : next.toSeconds())
                .param("id", question.id())
                .param("attempt", question.attempt())
                .param("from", name(question.state()))
                .update();
    }

    /** Forgets what was asked before that, when there is nothing left to do for it. */
    void purge(Duration keep) {
        jdbc.sql("delete from question where state <> 'answered' and due_at is null"
                        + " and asked_at < current_timestamp - cast(:seconds as integer) * interval '1' second")
                .param("seconds", keep.toSeconds())
                .update();
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
