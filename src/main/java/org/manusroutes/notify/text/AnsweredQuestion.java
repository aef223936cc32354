package org.manusroutes.notify.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manusroutes.notify.markdown.Markdown;
import org.manusroutes.text.Untrusted;
import org.manusroutes.text.WebLink;

/** What has become of a question: who answered what, or why that was not sent. */
final class AnsweredQuestion {
    private static final int ANSWER = 500;

    private AnsweredQuestion() {}

    /**
     * Says it in a notice.
     *
     * @param headline of the route; empty for the words here
     * @param task with what it asked, as its message
     * @param question as {@code question_answered} has it
     */
    static Notice notice(String headline, String title, Map<?, ?> task, Map<?, ?> question, String footer) {
        String state = Untrusted.line(question.get("state"));
        boolean refused = state.equals("refused");
        List<Notice.Fact> facts = new ArrayList<>();
        NoticeReader.fact(facts, "Answer", Untrusted.cut(Untrusted.line(question.get("answer")), ANSWER));
        NoticeReader.fact(facts, "Answered by", question.get("answered_by"));
        NoticeReader.fact(facts, "At", question.get("answered_at"));
        NoticeReader.fact(facts, "Not sent", refused ? question.get("outcome") : null);
        NoticeReader.fact(facts, "To do", refused ? "answer in Manus, if the task still waits" : null);
        return new Notice(
                headline.isEmpty() ? words(state) : headline,
                title,
                WebLink.of(task.get("task_url")),
                "",
                Markdown.of(Untrusted.lines(task.get("message"))),
                List.of(),
                List.of(),
                facts,
                null,
                footer);
    }

    private static String words(String state) {
        return switch (state) {
            case "sent" -> "Answered";
            case "refused" -> "An answer was not sent";
            default -> "No answer is needed any more";
        };
    }
}
