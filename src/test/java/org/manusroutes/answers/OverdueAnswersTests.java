package org.manusroutes.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.answers.Answering.Receipt;
import org.manusroutes.answers.Question.State;
import org.manusroutes.event.Event;
import org.manusroutes.manus.ManusApiProperties.Version;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.Waiting;
import org.manusroutes.support.Databases;

class OverdueAnswersTests extends SenderTest {
    @Test
    void refusesAnAnswerThatIsNoLongerWaitedFor() throws Exception {
        on(Databases.H2);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question question = ask(task, "first", Instant.now().minusSeconds(60));
        answering.words(question, List.of(), "EUR", "anna", "slack");
        manus.askAgain(task, Waiting.words("Which country?"));
        node("one").one();

        assertThat(now(question).state()).isEqualTo(State.REFUSED);
        assertThat(now(question).outcome()).isEqualTo("the task no longer waits for this answer");
        assertThat(task.answers()).isEmpty();
        Question newer = ask(task, "second", Instant.now());
        assertThat(answering.words(newer, List.of(), "Chile", "bert", "page").taken())
                .isTrue();
    }

    @Test
    void takesNoAnswerToAnOlderQuestionOfTheTask() throws Exception {
        on(Databases.H2);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question older = ask(task, "first", Instant.now().minusSeconds(60));
        manus.askAgain(task, Waiting.words("Which country?"));
        ask(task, "second", Instant.now());

        assertThat(answering.words(older, List.of(), "EUR", "anna", "slack"))
                .isEqualTo(new Receipt(false, "The task has asked something newer since: answer that."));
    }

    @Test
    void waitsWhenTheApiAsksForPatienceAndSaysSoWhenItWillNot() throws Exception {
        on(Databases.H2);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question question = ask(task);
        answering.words(question, List.of(), "EUR", "anna", "slack");

        manus.limitNext(1);
        node("one").one();
        assertThat(now(question).state()).isEqualTo(State.ANSWERED);
        assertThat(now(question).outcome()).contains("429");
        jdbc.sql("update question set answered_at = answered_at - interval '2' hour, due_at = current_timestamp")
                .update();
        manus.limitNext(1);
        node("one").one();

        assertThat(now(question).state()).isEqualTo(State.REFUSED);
        node("one").one();
        assertThat(new String(told.get(0).body())).contains("\"state\":\"refused\"", "429");
    }

    @Test
    void remindsTwiceThenNeverAgainAndNotOfWhatIsOver() {
        on(Databases.H2);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question question = ask(task);
        assertThat(node("one").one()).isFalse();
        for (int i = 0; i < 3; i++) {
            wait(25 * 3600);
            node("one").one();
        }
        assertThat(told)
                .extracting(Event::eventId)
                .containsExactly(question.eventKey() + "/open/1", question.eventKey() + "/open/2");

        SimulatedTask other = manus.waitingTask(Waiting.words("Which?"));
        Question over = ask(other);
        api.sendMessage(other.id(), "answered in Manus");
        await().until(() -> other.status().equals("stopped"));
        wait(25 * 3600);
        node("one").one();
        assertThat(now(over).state()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void keepsAQuestionWhoseKindIsOfAnyLength(Databases database) {
        on(database);
        SimulatedTask task = manus.waitingTask(Waiting.decision("k".repeat(3000), "Go on?", ACCEPT));

        assertThat(ask(task).kind()).hasSize(3000);
        assertThat(answering.asked(task.id()).orElseThrow().form().decides()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void forgetsWhatIsOldAndOver(Databases database) throws Exception {
        on(database);
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question old = ask(task, "old", Instant.now().minus(Duration.ofDays(91)));
        answering.words(old, List.of(), "EUR", "anna", "slack");
        questions.purge(Duration.ofDays(90));
        assertThat(questions.find(old.id())).as("on its way").isPresent();
        node("one").one();
        node("one").one();
        Question young = ask(manus.waitingTask(Waiting.words("Which?")));

        questions.purge(Duration.ofDays(90));

        assertThat(questions.find(old.id())).isEmpty();
        assertThat(questions.find(young.id())).isPresent();
    }

    @Test
    void answersByAMessageInV1WhichCannotBeLookedAtBefore() throws Exception {
        on(Databases.H2);
        answering = new Answering(questions, null, new Moments("UTC"));
        SimulatedTask task = manus.waitingTask(Waiting.words("Which?"));
        Question question = ask(task);
        answering.words(question, List.of(), "EUR", "anna", "slack");

        assertThat(node("one", api(Version.V1)).one()).isTrue();

        assertThat(task.answers()).containsExactly("EUR");
        assertThat(now(question).state()).isEqualTo(State.SENT);
    }
}
