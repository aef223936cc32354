package org.manusroutes.answers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manusroutes.answers.AnswerForm.InvalidAnswer;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.Task;
import org.manusroutes.text.DatabaseText;
import org.manusroutes.text.Untrusted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes answers, from whatever channel: the first one is stored, and later ones learn whose it was. */
public final class Answering {
    /** About 5,000 tokens (docs/manus-api.md, REST API v2). */
    public static final int LONGEST = 15_000;

    /** Of {@code question.event_key}, and room for what is told of it: {@code /answered}. */
    private static final int EVENT_KEY = 240;

    private static final Logger log = LoggerFactory.getLogger(Answering.class);

    private final QuestionTable questions;
    private final @Nullable ManusApi api;
    private final Moments moments;

    /** @param api null without a key */
    public Answering(QuestionTable questions, @Nullable ManusApi api, Moments moments) {
        this.questions = questions;
        this.api = api;
        this.moments = moments;
    }

    /**
     * What has become of an answer.
     *
     * @param taken whether it was the first, and is now stored
     * @param sentence for whoever answered
     */
    public record Receipt(boolean taken, String sentence) {}

    /** The question as it stands; what the task waits for is read when it is not known. */
    public Optional<Question> question(long id) {
        return questions.find(id).map(this::described);
    }

    /**
     * What a task asks now: the newest question that is known here, or one whose event has not come, which is kept.
     *
     * @return empty when it asks nothing
     * @throws ManusApiException when the API refuses
     */
    public Optional<Question> asked(String taskId) {
        Optional<Question> known = questions.newestOf(taskId);
        if (api == null
                || !api.canListMessages()
                || known.filter(Question::isOpen).isPresent()) {
            return known.map(this::described);
        }
        PendingQuestion pending = PendingQuestion.read(api, taskId);
        String waitingFor = pending.eventId();
        if (waitingFor == null || known.map(Question::waitingEventId).equals(Optional.of(waitingFor))) {
            return known;
        }
        Task task = api.task(taskId);
        return Optional.of(questions.describe(
                questions.ask(
                        DatabaseText.key("asked/" + taskId + "/" + waitingFor, EVENT_KEY),
                        taskId,
                        task.title(),
                        task.taskUrl(),
                        pending.text(),
                        pending.options(),
                        pending.askedAt(),
                        Duration.ZERO),
                pending));
    }

    private Question described(Question question) {
        if (api == null || question.kind() != null || !question.isOpen()) {
            return question;
        }
        try {
            PendingQuestion pending = PendingQuestion.read(api, question.taskId());
            return pending.isWaiting() ? questions.describe(question, pending) : question;
        } catch (ManusApiException e) {
            log.debug("Could not read what task {} waits for", question.taskId(), e);
            return question;
        }
    }

    /**
     * An answer in one's own words, or by options.
     *
     * @param chosen those of the question; may be empty
     * @param words may be blank when something was chosen
     * @throws InvalidAnswer when there is none, it is too long, or it is no answer to this question
     */
    public Receipt words(Question question, List<String> chosen, String words, String by, String from)
            throws InvalidAnswer {
        String text = String.join(", ", chosen);
        String own = Untrusted.lines(words).strip();
        text = text.isEmpty() ? own : own.isEmpty() ? text : text + ". " + own;
        if (text.isEmpty()) {
            throw new InvalidAnswer(Map.of("answer", "is empty"));
        }
        if (text.length() > LONGEST) {
            throw new InvalidAnswer(Map.of("answer", "has " + text.length() + " characters, Manus takes " + LONGEST));
        }
        if (!question.isByMessage()) {
            throw new InvalidAnswer(Map.of(
                    "answer",
                    "is not taken: the task asks for a decision (" + question.kind() + "), accept or decline"));
        }
        return give(question, Answer.words(text), by, from);
    }

    /**
     * A decision, and what its form asks for.
     *
     * @param accept null when it is only the form
     * @param values by the names of the form's fields
     * @throws InvalidAnswer when it is no answer to this question, or a field does not fit
     */
    public Receipt decision(
            Question question, @Nullable Boolean accept, Map<String, String> values, String by, String from)
            throws InvalidAnswer {
        if (question.isByMessage()) {
            throw new InvalidAnswer(Map.of("answer", "is no decision: the task asks for words"));
        }
        AnswerForm form = question.form();
        if (!form.whole() && !Boolean.FALSE.equals(accept)) {
            throw new InvalidAnswer(Map.of("answer", "can only be given in Manus: " + question.url()));
        }
        return give(question, Answer.confirmation(form.input(accept, values)), by, from);
    }

    private Receipt give(Question question, Answer answer, String by, String from) {
        if (questions.answer(question.id(), answer, by, from)) {
            return new Receipt(true, "Thank you. Your answer is on its way to Manus: " + answer.shown());
        }
        return questions
                .find(question.id())
                .map(now -> new Receipt(false, whyNot(now)))
                .orElse(new Receipt(false, "This question is no longer kept."));
    }

    /** Why a question takes no answer. */
    public String whyNot(Question question) {
        Answer answer = question.answer();
        if (answer != null && question.answeredAt() != null) {
            String who = question.answeredBy() == null || question.answeredBy().isBlank()
                    ? "Somebody"
                    : question.answeredBy();
            return who + " has answered already, " + moments.of(question.answeredAt()) + ": " + answer.shown()
                    + (question.state() == Question.State.REFUSED ? " (not sent: " + question.outcome() + ")" : "");
        }
        return question.isOpen()
                ? "The task has asked something newer since: answer that."
                : "The task went on without this answer.";
    }
}
