package org.manusroutes.answers.slack;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.manusroutes.answers.Question;
import org.manusroutes.answers.Question.SlackMessage;
import org.manusroutes.answers.QuestionTable;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.notify.slack.PostedQuestion;
import org.manusroutes.notify.slack.SlackCalls;
import org.manusroutes.notify.slack.SlackProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Bean {@code #answeredAlert}: what has become of a question, in the place of the alert that asked. */
@Component("answeredAlert")
public final class AnsweredAlert {
    private final QuestionTable questions;
    private final SlackProperties settings;
    private final SlackCalls slack;

    AnsweredAlert(QuestionTable questions, SlackProperties settings, SlackCalls slack) {
        this.questions = questions;
        this.settings = settings;
        this.slack = slack;
    }

    /** Changes the alert and its reminders, where they have buttons. */
    public void update(Exchange exchange) throws Exception {
        if (settings.interactive()
                && exchange.getMessage().getBody() instanceof Map<?, ?> event
                && event.get("question") instanceof Map<?, ?> question
                && question.get("id") instanceof Number id) {
            List<SlackMessage> messages =
                    questions.find(id.longValue()).map(Question::slackMessages).orElse(List.of());
            for (SlackMessage message : messages) {
                slack.replace(message.channel(), message.ts(), exchange);
            }
        }
    }

    @EventListener
    void remember(PostedQuestion posted) {
        questions.posted(InternalEvents.questionOf(posted.eventKey()), posted.channel(), posted.ts());
    }
}
