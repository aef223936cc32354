package org.manusroutes.manus.camel;

import java.util.List;
import org.apache.camel.Exchange;
import org.manusroutes.manus.CreatedTask;
import org.manusroutes.manus.Messages;
import org.manusroutes.manus.Messages.AssistantMessage;
import org.manusroutes.manus.Messages.Message;
import org.manusroutes.manus.NewTask;
import org.manusroutes.manus.Task;
import org.manusroutes.text.Excerpt;

/** What Manus might have answered, in a dry run. */
final class DryAnswers {
    private static final String TASK_ID = "dry-run";
    private static final String URL = "https://manus.im/app/";
    private static final int LONGEST_TITLE = 60;

    private DryAnswers() {}

    static void set(StepInput step, Exchange exchange) {
        switch (step.operation()) {
            case createTask -> {
                NewTask task = step.newTask();
                String title = task.title() == null ? Excerpt.of(task.prompt(), LONGEST_TITLE) : task.title();
                Answers.created(exchange, new CreatedTask(TASK_ID, title, URL + TASK_ID), false);
            }
            case task -> {
                String id = step.taskId();
                Answers.task(exchange, new Task(id, "stopped", "A task", URL + id, null, null, null, null));
            }
            case messages -> {
                AssistantMessage said = new AssistantMessage("What the agent said", List.of(), null);
                Message message = new Message("msg_1", "assistant_message", 0, said, null, null, null, null, null);
                Answers.messages(exchange, new Messages(List.of(message), false, null));
            }
            case sendMessage, stopTask -> {
                // they leave the body as it is
            }
        }
    }
}
