package org.manusroutes.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.answers.Answering.Receipt;
import org.manusroutes.answers.Question.State;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.Waiting;
import org.manusroutes.support.Databases;

class AnswerSenderTests extends SenderTest {
    @ParameterizedTest
    @EnumSource(Databases.class)
    void takesTheFirstOfTwentyAndSendsItOnceFromTwoNodes(Databases database) throws Exception {
        on(database);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?", "EUR", "USD"));
        Question question = ask(task);
        assertThat(question.kind()).isEqualTo("messageAskUser");
        assertThat(question.options()).containsExactly("EUR", "USD");

        var people = Executors.newFixedThreadPool(20);
        List<Receipt> receipts = people
                .invokeAll(IntStream.range(0, 20)
                        .mapToObj(i -> (Callable<Receipt>)
                                () -> answering.words(question, List.of(), "answer " + i, "person " + i, "page"))
                        .toList())
                .stream()
                .map(future -> {
                    try {
                        return future.get();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        people.shutdown();
        AnswerSender one = node("one");
        AnswerSender other = node("other");
        while (one.one() | other.one()) {
            // until nothing is due
        }

        assertThat(receipts).filteredOn(Receipt::taken).hasSize(1);
        String winner = now(question).answeredBy();
        assertThat(receipts)
                .filteredOn(receipt -> !receipt.taken())
                .hasSize(19)
                .allMatch(receipt -> receipt.sentence().startsWith(winner + " has answered already, "));
        assertThat(task.answers()).containsExactly(now(question).answer().text());
        assertThat(now(question).state()).isEqualTo(State.SENT);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).eventId()).endsWith("/answered");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void looksBeforeItSendsAgainWhatMayHaveArrived(Databases database) throws Exception {
        on(database);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question question = ask(task);
        answering.words(question, List.of(), "EUR", "anna", "slack");

        manus.cutNext(1, true);
        assertThat(node("one").one()).isTrue();
        assertThat(now(question).state()).isEqualTo(State.ANSWERED);
        assertThat(node("one").one()).as("looked at again at once").isFalse();
        wait(31);
        node("other").one();

        assertThat(now(question).state()).isEqualTo(State.SENT);
        assertThat(task.answers()).containsExactly("EUR");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sendsWhatANodeThatDiedDidNot(Databases database) throws Exception {
        on(database);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question question = ask(task);
        answering.words(question, List.of(), "EUR", "anna", "slack");
        Question claimed = questions.claim("dead").orElseThrow();
        assertThat(questions.tries(claimed, "dead")).isTrue();

        assertThat(node("other").one()).as("leased by another").isFalse();
        wait(61);
        node("other").one();

        assertThat(task.answers()).containsExactly("EUR");
        assertThat(questions.tries(claimed, "dead")).as("woke up later").isFalse();
        assertThat(now(question).state()).isEqualTo(State.SENT);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sendsNothingAgainThatADeadNodeHasSent(Databases database) throws Exception {
        on(database);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question question = ask(task);
        answering.words(question, List.of(), "EUR", "anna", "slack");
        assertThat(questions.tries(questions.claim("dead").orElseThrow(), "dead"))
                .isTrue();
        api.sendMessage(task.id(), "EUR");
        wait(61);
        node("other").one();

        assertThat(task.answers()).containsExactly("EUR");
        assertThat(now(question).state()).isEqualTo(State.SENT);
    }

    @Test
    void confirmsByTheIdThatTheTaskWaitsForAndOnce() throws Exception {
        on(Databases.H2);
        SimulatedTask task = manus.waitingTask(Waiting.decision("deployAction", "Deploy?", ACCEPT));
        Question question = ask(task);

        assertThatExceptionOfType(AnswerForm.InvalidAnswer.class)
                .isThrownBy(() -> answering.words(question, List.of(), "yes", "anna", "page"))
                .withMessageContaining("asks for a decision (deployAction)");
        answering.decision(question, true, Map.of(), "anna", "page");
        manus.cutNext(1, true);
        node("one").one();
        wait(31);
        node("one").one();

        assertThat(task.confirmations()).containsExactly("{\"accept\":true}");
        assertThat(now(question).state()).isEqualTo(State.SENT);
    }

    @Test
    void keepsNoValueOfAFormWhenItHasBeenSent() throws Exception {
        on(Databases.H2);
        SimulatedTask task = manus.waitingTask(Waiting.decision(
                "webdevRequestSecrets",
                "The key?",
                Map.of("required", List.of("api_key"), "properties", Map.of("api_key", Map.of("type", "string")))));
        Question question = ask(task);
        Receipt receipt = answering.decision(question, true, Map.of("api_key", "planted-s3cret"), "anna", "page");
        node("one").one();
        node("one").one();

        assertThat(task.confirmations()).containsExactly("{\"api_key\":\"planted-s3cret\"}");
        assertThat(receipt.sentence()).endsWith("accepted, with api_key");
        assertThat(jdbc.sql("select * from question").query().listOfRows().toString())
                .doesNotContain("planted-s3cret");
        assertThat(new String(told.get(0).body()))
                .doesNotContain("planted-s3cret")
                .contains("with api_key");
    }
}
