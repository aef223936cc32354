package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.answers.AnswerForm.InvalidAnswer;
import org.manusroutes.answers.AnswerSender;
import org.manusroutes.answers.Answering;
import org.manusroutes.answers.Answering.Receipt;
import org.manusroutes.answers.Question;
import org.manusroutes.answers.QuestionTable;
import org.manusroutes.manus.ManusApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers what a task asks, unless somebody has: by the same table as Slack and the page of the mails. */
@Command(
        name = "answer",
        description =
                "Answer what a task asks: in words, or with --accept, --decline and --input. The first answer wins.")
final class TaskAnswerCommand extends CommandBase implements Callable<Integer> {
    private final Clock clock;

    @Parameters(index = "0", paramLabel = "ID", description = "of the task")
    private String taskId = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "the answer in words")
    private @Nullable String text;

    @Option(names = "--accept", description = "say yes to what the task wants to do")
    private boolean accept;

    @Option(names = "--decline", description = "say no to it")
    private boolean decline;

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "what a decision asks for; may be repeated")
    private Map<String, String> input = Map.of();

    @Option(names = "--by", paramLabel = "NAME", description = "who answers; default: the user of this machine")
    private @Nullable String by;

    @Mixin
    private Output output = new Output();

    TaskAnswerCommand(CommandSettings settings, Clock clock) {
        super(settings);
        this.clock = clock;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        boolean decision = accept || decline || !input.isEmpty();
        if ((accept && decline) || (text != null) == decision) {
            throw misuse(
                    "write either an answer in words, or --accept or --decline, with --input NAME=VALUE if needed");
        }
        ManusApi api = settings.api();
        QuestionTable questions = settings.questions();
        Answering answering = new Answering(questions, api, settings.moments());
        Question question = answering
                .asked(taskId)
                .orElseThrow(() -> new IllegalStateException(
                        "task " + taskId + " asks nothing: look at it with task show " + taskId));
        String who = by == null ? System.getProperty("user.name", "a command") : by;
        try {
            Receipt receipt = decision
                    ? answering.decision(question, !decline, input, who, "command")
                    : answering.words(question, List.of(), String.valueOf(text), who, "command");
            if (!receipt.taken()) {
                output.print(out(), new Result("not_taken", receipt.sentence()), receipt.sentence());
                return 1;
            }
        } catch (InvalidAnswer e) {
            throw new IllegalStateException("the answer " + e.getMessage(), e);
        }
        // the server tells the others of it
        Question now = new AnswerSender(
                        questions, api, settings.answers(), event -> {}, "command", clock, settings.moments())
                .now(question);
        Result result = result(now);
        output.print(out(), result, result.message());
        return now.state() == Question.State.REFUSED ? 1 : 0;
    }

    private static Result result(Question question) {
        String outcome = question.outcome() == null ? "" : ": " + question.outcome();
        return switch (question.state()) {
            case SENT, CLOSED -> new Result("sent", "sent to task " + question.taskId());
            case REFUSED -> new Result("refused", "not sent" + outcome);
            case OPEN, ANSWERED -> new Result("stored", "stored, the server sends it" + outcome);
        };
    }

    /** @param outcome {@code sent}, {@code stored}, {@code refused} or {@code not_taken} */
    record Result(String outcome, String message) {}
}
