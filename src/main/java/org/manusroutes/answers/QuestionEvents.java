package org.manusroutes.answers;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the receiver's own events say about a question, beside the task as Manus's events have it. */
final class QuestionEvents {
    private QuestionEvents() {}

    static Map<String, Object> about(Question question, Moments moments) {
        Map<String, Object> about = new LinkedHashMap<>();
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("task_id", question.taskId());
        put(task, "task_title", question.title());
        put(task, "task_url", question.url());
        put(task, "message", question.text());
        about.put("task_detail", task);
        Map<String, Object> answered = new LinkedHashMap<>();
        answered.put("id", question.id());
        answered.put("event_key", question.eventKey());
        answered.put("state", question.state().name().toLowerCase(Locale.ROOT));
        if (question.answer() != null && question.answeredAt() != null) {
            answered.put("answer", question.answer().shown());
            answered.put("answered_at", moments.of(question.answeredAt()));
        }
        put(answered, "answered_by", question.answeredBy());
        put(answered, "answered_from", question.answeredFrom());
        put(answered, "outcome", question.outcome());
        about.put("question", answered);
        return about;
    }

    private static void put(Map<String, Object> map, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            map.put(name, value);
        }
    }
}
