package org.manusroutes.answers.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.slack.api.util.json.GsonFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.manusroutes.answers.AnswerForm.InvalidAnswer;
import org.manusroutes.answers.Answering;
import org.manusroutes.answers.Answering.Receipt;
import org.manusroutes.answers.Question;
import org.manusroutes.answers.QuestionTable;
import org.manusroutes.notify.slack.AnswerButtons;
import org.manusroutes.notify.slack.SlackCalls;
import org.manusroutes.webhook.Refusal;
import org.manusroutes.webhook.RefusalLog;
import org.manusroutes.webhook.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what Slack sends when somebody presses a button or sends a form. The answer is stored before Slack is answered,
 * which is within its three seconds: whatever asks others is done afterwards.
 *
 * <p>Payloads: Slack docs, "block_actions payloads" and "view interactions payloads".
 */
@RestController
final class SlackInteractions {
    private static final Logger log = LoggerFactory.getLogger(SlackInteractions.class);
    private static final int PATIENCE_MILLIS = 1500;

    private static final JsonMapper json = new JsonMapper();

    private final SlackEntrance entrance;
    private final Answering answering;
    private final QuestionTable questions;
    private final SlackCalls slack;
    private final RefusalLog refusals;
    private final Executor executor;

    SlackInteractions(
            SlackEntrance entrance,
            Answering answering,
            QuestionTable questions,
            SlackCalls slack,
            RefusalLog refusals,
            @Qualifier("applicationTaskExecutor") Executor executor) {
        this.entrance = entrance;
        this.answering = answering;
        this.questions = questions;
        this.slack = slack;
        this.refusals = refusals;
        this.executor = executor;
    }

    @RequestMapping(SlackEntrance.PATH)
    ResponseEntity<String> take(HttpServletRequest request) {
        try {
            byte[] body = entrance.verifiedBody(request);
            if (body == null) {
                return error(404, "buttons of Slack are off: set manus.slack.token and manus.slack.signing-secret");
            }
            SlackPayload payload = SlackPayload.read(body);
            return switch (payload.type()) {
                case "block_actions" -> pressed(payload);
                case "view_submission" -> submitted(payload);
                default -> ok("");
            };
        } catch (RefusedException e) {
            refusals.refused(RefusalLog.Kind.SLACK, e.refusal(), String.valueOf(e.getMessage()));
            return error(e.refusal().status(), e.refusal().sentence());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return error(400, "the field payload of the form is not JSON");
        }
    }

    private ResponseEntity<String> pressed(SlackPayload payload) {
        Question question = question(payload.block(), AnswerButtons.BLOCK);
        String pressed = payload.action();
        if (question == null) {
            return ok("");
        }
        String responseUrl = payload.responseUrl();
        if (pressed.equals(AnswerButtons.FORM)) {
            String trigger = payload.triggerId();
            executor.execute(() -> openForm(question, trigger, responseUrl));
            return ok("");
        }
        String by = payload.who();
        String said;
        try {
            if (pressed.startsWith(AnswerButtons.OPTION)) {
                String option =
                        SlackPayload.option(question.options(), pressed.substring(AnswerButtons.OPTION.length()));
                said = answering
                        .words(question, List.of(option), "", by, "slack")
                        .sentence();
            } else if (pressed.equals(AnswerButtons.ACCEPT) || pressed.equals(AnswerButtons.DECLINE)) {
                said = answering
                        .decision(question, pressed.equals(AnswerButtons.ACCEPT), Map.of(), by, "slack")
                        .sentence();
            } else {
                return ok("");
            }
        } catch (InvalidAnswer e) {
            said = question.isOpen() ? "The answer " + e.getMessage() : answering.whyNot(question);
        }
        whisper(responseUrl, said);
        return ok("");
    }

    private void openForm(Question question, String trigger, String responseUrl) {
        Question known = described(question);
        try {
            String code = slack.open(
                    trigger, known.isOpen() ? AnswerModal.of(known) : AnswerModal.said(known, answering.whyNot(known)));
            if (!code.isEmpty()) {
                log.warn("Slack opened no form for question {}: {}", question.id(), code);
                whisper(responseUrl, "The form could not be opened (" + code + "). Answer in Manus, or try again.");
            }
        } catch (Exception e) {
            log.warn("Slack opened no form for question {}: {}", question.id(), e.getMessage());
        }
    }

    /** What the task waits for, unless it takes longer to find out than a trigger of Slack is good for. */
    private Question described(Question question) {
        try {
            return CompletableFuture.supplyAsync(() -> answering.question(question.id()), executor)
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .orElse(question);
        } catch (Exception e) {
            log.debug("Could not find out in time what is asked", e);
            return question;
        }
    }

    private ResponseEntity<String> submitted(SlackPayload payload) throws JsonProcessingException {
        Question question = question(payload.privateMetadata(), "");
        if (question == null || !payload.callbackId().equals(AnswerModal.CALLBACK)) {
            return ok("");
        }
        String by = payload.who();
        try {
            Receipt receipt;
            if (question.isByMessage()) {
                receipt = answering.words(
                        question,
                        payload.chosen(question),
                        payload.value(AnswerModal.WORDS).orElse(""),
                        by,
                        "slack");
            } else {
                Boolean accept = payload.value(AnswerModal.DECISION)
                        .map(AnswerModal.ACCEPT::equals)
                        .orElse(null);
                receipt = answering.decision(question, accept, payload.fields(question.form()), by, "slack");
            }
            String done = GsonFactory.createSnakeCase().toJson(AnswerModal.said(question, receipt.sentence()));
            return ok("{\"response_action\":\"update\",\"view\":" + done + "}");
        } catch (InvalidAnswer e) {
            return ok(json.writeValueAsString(
                    Map.of("response_action", "errors", "errors", errors(e, payload.blocks()))));
        }
    }

    /** Slack shows a fault at the block that it is of; one of none at the first. */
    private static Map<String, String> errors(InvalidAnswer invalid, List<String> blocks) {
        Map<String, String> errors = new LinkedHashMap<>();
        String first = blocks.isEmpty() ? AnswerModal.WORDS : blocks.get(0);
        invalid.faults().forEach((name, fault) -> {
            String block = AnswerModal.FIELD + name;
            errors.put(blocks.contains(block) ? block : first, (name.equals("answer") ? "The answer " : "") + fault);
        });
        return errors;
    }

    private @Nullable Question question(String id, String prefix) {
        String digits = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
        return digits.matches("\\d{1,18}")
                ? questions.find(Long.parseLong(digits)).orElse(null)
                : null;
    }

    private void whisper(String responseUrl, String words) {
        executor.execute(() -> {
            try {
                slack.whisper(responseUrl, words);
            } catch (Exception e) {
                log.warn("Could not tell on Slack what became of an answer: {}", e.getMessage());
            }
        });
    }

    private static ResponseEntity<String> ok(String body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static ResponseEntity<String> error(int status, String sentence) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (status == Refusal.METHOD.status()) {
            answer.header("Allow", "POST");
        }
        return answer.body("{\"error\":\"" + sentence + "\"}");
    }
}
