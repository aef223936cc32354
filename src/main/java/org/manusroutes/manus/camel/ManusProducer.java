package org.manusroutes.manus.camel;

import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.SentMessages;

/** Runs a step: asks the API, and puts its answer into the message. */
final class ManusProducer extends DefaultProducer {
    private final ManusEndpoint endpoint;
    private final ManusCalls calls;

    ManusProducer(ManusEndpoint endpoint, ManusCalls calls) {
        super(endpoint);
        this.endpoint = endpoint;
        this.calls = calls;
    }

    @Override
    public void process(Exchange exchange) {
        StepInput step = new StepInput(endpoint, exchange);
        try {
            calls.outsideOfTransactions(() -> run(step, exchange));
        } catch (ManusApiException refusal) {
            throw ApiFailures.of(step.operation(), refusal);
        }
    }

    private void run(StepInput step, Exchange exchange) {
        ManusApi api = calls.api();
        switch (step.operation()) {
            case createTask -> {
                TaskCreation.Result result = calls.creation().create(step.taskKey(), step.newTask(), step.parent());
                Answers.created(exchange, result.task(), result.existed());
            }
            case sendMessage -> send(api, step);
            case stopTask -> api.stopTask(step.taskId());
            case task -> Answers.task(exchange, api.task(step.taskId()));
            case messages -> Answers.messages(exchange, api.newestMessages(step.taskId(), step.limit(), step.cursor()));
        }
    }

    /** The call has no key: whether an earlier attempt, or one without an answer, was heard, the task itself says. */
    private static void send(ManusApi api, StepInput step) {
        String taskId = step.taskId();
        String content = step.text();
        Instant before = step.triedSince();
        if (before != null && SentMessages.arrived(api, taskId, content, before)) {
            return;
        }
        Instant now = Instant.now();
        try {
            api.sendMessage(taskId, content);
        } catch (ManusApiException refusal) {
            if (!refusal.isUnknownOutcome()) {
                throw refusal;
            }
            if (!SentMessages.arrived(api, taskId, content, now)) {
                throw new RetryLater(
                        "whether the message arrived is not known yet: " + refusal.getMessage(),
                        Duration.ofSeconds(30),
                        refusal);
            }
        }
    }
}
