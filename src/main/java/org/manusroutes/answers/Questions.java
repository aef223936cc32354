package org.manusroutes.answers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventIds;
import org.manusroutes.event.EventVariables;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.notify.text.AskedQuestion;
import org.manusroutes.text.Untrusted;
import org.manusroutes.text.WebLink;

/** Bean {@code #questions}: what an event asks, for the alert and the mail that offer to answer it. */
public final class Questions {
    private static final int OPTIONS = 25;

    private final QuestionTable questions;
    private final Answering answering;
    private final AnswerLinks links;
    private final AnswersProperties settings;
    private final boolean on;

    /** @param on false without a key of the API: nothing could be answered */
    Questions(QuestionTable questions, Answering answering, AnswerLinks links, AnswersProperties settings, boolean on) {
        this.questions = questions;
        this.answering = answering;
        this.links = links;
        this.settings = settings;
        this.on = on;
    }

    /**
     * The question of an event that asks, stored the first time, or of a reminder.
     *
     * @return null when nothing can be answered from here: no key of the API, no task, or it is over
     */
    public @Nullable AskedQuestion of(Exchange exchange) {
        Map<?, ?> event = map(exchange.getMessage().getBody());
        String taskId = Untrusted.line(exchange.getVariable(EventVariables.TASK_ID));
        if (!on || taskId.isEmpty()) {
            return null;
        }
        Optional<Question> question = InternalEvents.QUESTION_OPEN.equals(
                        exchange.getVariable(EventVariables.EVENT_TYPE))
                ? questions.ofEvent(Untrusted.line(map(event.get("question")).get("event_key")))
                : Optional.of(ask(exchange, taskId, map(event.get("task_detail"))));
        return question.flatMap(one -> answering.question(one.id()))
                .filter(Question::isOpen)
                .map(this::asked)
                .orElse(null);
    }

    private Question ask(Exchange exchange, String taskId, Map<?, ?> task) {
        Map<?, ?> expected = map(task.get("question_expectation"));
        List<String> options = expected.get("options") instanceof List<?> list
                ? list.stream()
                        .map(Untrusted::line)
                        .filter(option -> !option.isEmpty())
                        .limit(OPTIONS)
                        .toList()
                : List.of();
        return questions.ask(
                exchange.getVariable(EventVariables.EVENT_KEY, String.class),
                taskId,
                Untrusted.line(task.get("task_title")),
                WebLink.of(task.get("task_url")),
                Untrusted.lines(task.get("message")),
                options,
                askedAt(exchange, taskId),
                settings.remindAfter());
    }

    private static Instant askedAt(Exchange exchange, String taskId) {
        Long emitted = EventIds.emittedAt(Untrusted.line(exchange.getVariable(EventVariables.EVENT_ID)), taskId);
        return emitted == null
                ? exchange.getVariable(EventVariables.RECEIVED_AT, Instant.now(), Instant.class)
                : Instant.ofEpochSecond(emitted);
    }

    private AskedQuestion asked(Question question) {
        boolean decision = !question.isByMessage();
        AnswerForm form = question.form();
        return new AskedQuestion(
                question.id(),
                question.options(),
                question.several(),
                decision,
                decision && form.decides(),
                decision && !form.fields().isEmpty(),
                !decision || form.whole(),
                links.of(question));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
