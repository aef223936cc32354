package org.manusroutes.testrun;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Objects;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.SlackStandIn;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of tasks, as the application's tables and those who were told of them know it. */
final class Outcomes {
    private final JdbcClient database;
    private final SlackStandIn slack;
    private final MailStandIn mail;

    Outcomes(JdbcClient database, SlackStandIn slack, MailStandIn mail) {
        this.database = database;
        this.slack = slack;
        this.mail = mail;
    }

    List<TaskOutcome> of(List<SimulatedTask> tasks) {
        return tasks.stream().map(this::of).toList();
    }

    private TaskOutcome of(SimulatedTask task) {
        return new TaskOutcome(
                task.id(),
                task.title(),
                events(task.id()),
                text("select status from task where task_id = ?", task.id()),
                text("select structured_output from task where task_id = ?", task.id()),
                files(task.id()),
                alerts(task),
                mails(task));
    }

    private String text(String sql, String taskId) {
        return database.sql(sql)
                .param(taskId)
                .query((row, number) -> Objects.requireNonNullElse(row.getString(1), ""))
                .optional()
                .orElse("");
    }

    private List<TaskOutcome.Event> events(String taskId) {
        return database.sql("select event_id, state, last_error from event where task_id = ? order by id")
                .param(taskId)
                .query((row, number) -> {
                    String error = row.getString("last_error");
                    return new TaskOutcome.Event(
                            row.getString("event_id"), row.getString("state"), error == null ? "" : error);
                })
                .list();
    }

    private List<TaskOutcome.File> files(String taskId) {
        return database.sql("select file_name, bytes, bucket, object_key from attachment"
                        + " where task_id = ? order by event_key, position")
                .param(taskId)
                .query((row, number) -> new TaskOutcome.File(
                        row.getString("file_name"),
                        row.getLong("bytes"),
                        "s3://" + row.getString("bucket") + "/" + row.getString("object_key")))
                .list();
    }

    private List<String> alerts(SimulatedTask task) {
        return slack.posts().stream()
                .filter(post -> post.raw().contains(task.id()))
                .map(post ->
                        post.channel() + "  " + post.text().lines().findFirst().orElse(""))
                .toList();
    }

    private List<String> mails(SimulatedTask task) {
        return mail.mails().stream()
                .map(Outcomes::subject)
                .filter(subject -> subject.contains(task.title()))
                .toList();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
