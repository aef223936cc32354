package org.manusroutes.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.manusroutes.answers.Question.SlackMessage;
import org.manusroutes.answers.Question.State;

/** A row of the table {@code question} as a {@link Question}, and what of it is JSON. */
final class QuestionRow {
    private static final JsonMapper json = new JsonMapper();

    private QuestionRow() {}

    static Question read(ResultSet row, int number) throws SQLException {
        Timestamp answeredAt = row.getTimestamp("answered_at");
        String options = row.getString("options");
        String schema = row.getString("input_schema");
        String answer = row.getString("answer");
        try {
            return new Question(
                    row.getLong("id"),
                    row.getString("event_key"),
                    row.getString("task_id"),
                    row.getString("title"),
                    row.getString("url"),
                    row.getString("text"),
                    row.getString("waiting_event_id"),
                    row.getString("kind"),
                    options == null ? List.of() : json.readValue(options, new TypeReference<>() {}),
                    row.getBoolean("several"),
                    schema == null ? null : json.readTree(schema),
                    row.getTimestamp("asked_at").toInstant(),
                    State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                    answer == null ? null : json.readValue(answer, Answer.class),
                    row.getString("answered_by"),
                    row.getString("answered_from"),
                    answeredAt == null ? null : answeredAt.toInstant(),
                    row.getString("outcome"),
                    row.getInt("attempt"),
                    row.getTimestamp("tried_at") != null,
                    row.getInt("reminders"),
                    messages(row.getString("slack_messages")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("question " + row.getLong("id") + " holds what is not JSON", e);
        }
    }

    private static List<SlackMessage> messages(@Nullable String lines) {
        return lines == null
                ? List.of()
                : lines.lines()
                        .map(line -> new SlackMessage(
                                line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)))
                        .toList();
    }

    /** Lists, trees and records of texts and numbers. */
    static String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and lists of them are always JSON", e);
        }
    }
}
