package org.manusroutes.answers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.manusroutes.answers.Question.State;
import org.manusroutes.event.Event;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due for questions: sends an answer to Manus, once; reminds people; tells them what has become of it.
 *
 * <p>The API knows no idempotency key (docs/manus-api.md). So before a call is made the row says that it may have been;
 * when its outcome is not known, or a process ended between, the task's messages are read first, and the answer is sent
 * again only when they do not hold it and the task still waits.
 */
public final class AnswerSender {
    private static final Logger log = LoggerFactory.getLogger(AnswerSender.class);

    /** After an unknown outcome: the call may still be on its way. */
    private static final Duration LOOK_AFTER = Duration.ofSeconds(30);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    /** The person waits; after this they are told to answer in Manus. */
    private static final Duration GIVE_UP_AFTER = Duration.ofHours(1);

    private static final int REMINDERS = 2;

    private final QuestionTable questions;
    private final ManusApi api;
    private final AnswersProperties settings;
    private final Consumer<Event> tell;
    private final String node;
    private final Clock clock;
    private final Moments moments;

    /** @param tell stores an event; the same one may come again */
    public AnswerSender(
            QuestionTable questions,
            ManusApi api,
            AnswersProperties settings,
            Consumer<Event> tell,
            String node,
            Clock clock,
            Moments moments) {
        this.questions = questions;
        this.api = api;
        this.settings = settings;
        this.tell = tell;
        this.node = node;
        this.clock = clock;
        this.moments = moments;
    }

    /**
     * Does what is due for one question.
     *
     * @return false when there is none
     */
    boolean one() {
        Optional<Question> claimed = questions.claim(node);
        claimed.ifPresent(this::work);
        return claimed.isPresent();
    }

    /** Sends the answer to this one, unless somebody else is at it; how it stands afterwards. */
    public Question now(Question question) {
        questions.claim(question.id(), node).ifPresent(this::work);
        return questions.find(question.id()).orElse(question);
    }

    private void work(Question question) {
        switch (question.state()) {
            case OPEN -> remind(question);
            case ANSWERED -> send(question);
            case SENT, REFUSED, CLOSED -> {
                tell.accept(InternalEvents.questionAnswered(question.eventKey(), question.taskId(), about(question)));
                settle(question, question.state(), question.outcome(), null, false);
            }
        }
    }

    private void send(Question question) {
        try {
            if (api.canListMessages()) {
                PendingQuestion pending = PendingQuestion.read(api, question.taskId());
                if (question.tried() && hasArrived(question, pending)) {
                    settle(question, State.SENT, null, Duration.ZERO, true);
                    return;
                }
                if (!pending.isFor(question)) {
                    settle(question, State.REFUSED, "the task no longer waits for this answer", Duration.ZERO, false);
                    return;
                }
                if (question.kind() == null) {
                    sendAs(questions.describe(question, pending));
                    return;
                }
            }
            sendAs(question);
        } catch (ManusApiException refusal) {
            refused(question, refusal);
        }
    }

    private void sendAs(Question question) {
        Answer answer = Objects.requireNonNull(question.answer());
        String text = answer.text();
        if (text != null && !question.isByMessage()) {
            settle(
                    question,
                    State.REFUSED,
                    "the task asks for a decision (" + question.kind() + "), not for words",
                    Duration.ZERO,
                    false);
        } else if (questions.tries(question, node)) {
            if (text != null) {
                api.sendMessage(question.taskId(), text);
            } else {
                api.confirmAction(question.taskId(), Objects.requireNonNull(question.waitingEventId()), answer.input());
            }
            settle(question, State.SENT, null, Duration.ZERO, true);
        }
    }

    /** Words are among the messages; what was confirmed is no longer waited for. */
    private static boolean hasArrived(Question question, PendingQuestion pending) {
        String text = Objects.requireNonNull(question.answer()).text();
        return text != null
                ? pending.hasBeenTold(question, text)
                : !Objects.equals(pending.eventId(), question.waitingEventId());
    }

    private void refused(Question question, ManusApiException refusal) {
        Instant answeredAt = Objects.requireNonNull(question.answeredAt());
        boolean late = clock.instant().isAfter(answeredAt.plus(GIVE_UP_AFTER));
        boolean mayPass =
                refusal.isPassing() || refusal.isUnknownOutcome() || refusal.status() == 401 || refusal.isNotFound();
        if (question.tried() && refusal.status() == 400) {
            // the first try was no 400: it has arrived, and its answer was lost
            settle(question, State.SENT, refusal.getMessage(), Duration.ZERO, true);
            return;
        }
        if (!mayPass || late) {
            settle(question, State.REFUSED, refusal.getMessage(), Duration.ZERO, false);
            return;
        }
        Question now = questions.find(question.id()).orElse(question);
        Duration delay = refusal.isUnknownOutcome() ? LOOK_AFTER : delay(question.attempt());
        log.warn(
                "The answer to task {} is not known to be sent, next try in {} s: {}",
                question.taskId(),
                delay.toSeconds(),
                refusal.getMessage());
        settle(
                question,
                State.ANSWERED,
                refusal.getMessage(),
                delay,
                question.tried() || (now.tried() && refusal.isUnknownOutcome()));
    }

    private static Duration delay(int attempt) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(attempt - 1, 10));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }

    private void remind(Question question) {
        try {
            if (api.canListMessages() && !isWaitedFor(question)) {
                settle(question, State.CLOSED, "the task went on without an answer from here", Duration.ZERO, false);
                return;
            }
        } catch (ManusApiException e) {
            if (e.isNotFound()) {
                settle(question, State.CLOSED, "Manus no longer knows the task", Duration.ZERO, false);
                return;
            }
            log.debug("Could not read whether task {} still waits", question.taskId(), e);
        }
        int reminder = question.reminders() + 1;
        tell.accept(InternalEvents.questionOpen(question.eventKey(), question.taskId(), reminder, about(question)));
        Duration next = reminder == 1 && !settings.remindAgainAfter().isZero()
                ? later(Duration.between(clock.instant(), question.askedAt().plus(settings.remindAgainAfter())))
                : null;
        questions.settle(question, State.OPEN, null, reminder >= REMINDERS ? null : next, false, reminder);
    }

    private boolean isWaitedFor(Question question) {
        return PendingQuestion.read(api, question.taskId()).isFor(question)
                && questions.newestOf(question.taskId()).map(Question::id).equals(Optional.of(question.id()));
    }

    private static Duration later(Duration until) {
        return until.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : until;
    }

    private void settle(
            Question question, State state, @Nullable String outcome, @Nullable Duration next, boolean tried) {
        questions.settle(question, state, outcome, next, tried, question.reminders());
    }

    private Map<String, Object> about(Question question) {
        return QuestionEvents.about(question, moments);
    }
}
