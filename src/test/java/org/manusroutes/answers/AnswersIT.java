package org.manusroutes.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.Waiting;
import org.manusroutes.support.Http;

/** Questions, and who answers them. */
@Timeout(180)
class AnswersIT extends AnswersTest {
    @Test
    void offersButtonsAndALinkAndChangesTheAlertWhenSomebodyHasAnswered() throws Exception {
        SimulatedTask task = manus.waitingTask(Waiting.words("Which currency?", "EUR", "USD"));
        await().until(() -> alerts(task).size() == 1 && mails(task).size() == 1);

        assertThat(alerts(task).get(0))
                .contains("block_id=question:" + id(task), "text=EUR", "answer-option:1", "text=USD", "answer-form");
        assertThat(mails(task).get(0)).contains("- EUR\n- USD", "https://hooks.example.org/answer/");
        HttpResponse<String> answer = user(1, "anna").sends(user(1, "anna").pressing(id(task), "answer-option:1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        await().until(() -> updates(task).size() == 1 && mails(task).size() == 2);
        assertThat(task.answers()).containsExactly("USD");
        assertThat(updates(task).get(0))
                .containsEntry("ts", "1763506696.000100")
                .satisfies(update -> assertThat(String.valueOf(update.get("blocks")))
                        .contains("Answered by: anna", "Answer: USD")
                        .doesNotContain("answer-option"));
        assertThat(slack.whispers().toString()).contains("Your answer is on its way to Manus: USD");
        assertThat(mails(task).get(1)).contains("Answered by: anna");
        assertThat(state(task)).isEqualTo("sent");
    }

    @Test
    void remindsOnSlackAndChangesTheReminderTooWhenSomebodyHasAnswered() throws Exception {
        SimulatedTask task = manus.waitingTask(Waiting.words("Which currency?"));
        await().until(() -> alerts(task).size() == 1 && mails(task).size() == 1);
        nodes.get(0).update("update question set due_at = current_timestamp where task_id = '" + task.id() + "'");
        await().until(() -> alerts(task).size() == 2);
        assertThat(alerts(task).get(1)).contains("Manus still waits for your answer", "block_id=question:" + id(task));

        user(0, "anna").sends(user(0, "anna").submitting(id(task), SlackUser.typed("words", "EUR")));

        await().until(() -> updates(task).size() == 2);
        assertThat(task.answers()).containsExactly("EUR");
        assertThat(mails(task)).hasSizeBetween(1, 2);
    }

    @Test
    void takesOneAnswerOfTwentyPeopleOverSlackPageAndCommand() throws Exception {
        SimulatedTask task = manus.waitingTask(Waiting.words("Which currency?", "EUR", "USD"));
        long id = id(task);
        URI first = page(0, task);
        URI second = page(1, task);
        ExecutorService people = Executors.newFixedThreadPool(20);
        List<Callable<String>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "person-" + i;
            int node = i % 2;
            answers.add(
                    switch (i % 3) {
                        case 0 ->
                            () -> user(node, name)
                                    .sends(user(node, name)
                                            .submitting(id, SlackUser.typed("words", "EUR, says " + name)))
                                    .body();
                        case 1 ->
                            () -> fill(
                                            node == 0 ? first : second,
                                            "words=" + URLEncoder.encode("EUR, says " + name, StandardCharsets.UTF_8)
                                                    + "&name=" + name)
                                    .body();
                        default ->
                            () -> nodes.get(node)
                                    .command("task", "answer", task.id(), "EUR, says " + name, "--by", name);
                    });
        }
        List<String> told = new ArrayList<>();
        for (Future<String> one : people.invokeAll(answers)) {
            told.add(one.get());
        }
        people.shutdown();

        await().until(() -> state(task).equals("sent"));
        String winner = (String) rows(task).get(0).get("answered_by");
        assertThat(task.answers()).containsExactly("EUR, says " + winner);
        assertThat(told)
                .filteredOn(said ->
                        said.contains(winner + " has answered already, ") && said.contains("EUR, says " + winner))
                .hasSize(19);
        await().until(() -> updates(task).size() == 1);
    }

    @Test
    void opensAFormForADecisionAndNamesWhatDoesNotFit() throws Exception {
        SimulatedTask task = manus.waitingTask(Waiting.decision(
                "gmailSendAction",
                "Send this mail?",
                Map.of(
                        "required",
                        List.of("copies"),
                        "properties",
                        Map.of("accept", Map.of("type", "boolean"), "copies", Map.of("type", "integer")))));
        SlackUser anna = user(1, "anna");
        anna.sends(anna.pressing(id(task), "answer-form"));
        await().until(() -> slack.views().size() == 1);
        assertThat(String.valueOf(slack.views().get(0).get("view")))
                .contains("\"private_metadata\":\"" + id(task) + "\"", "field:copies", "Send this mail?", "decision");

        Map<String, Object> accept =
                Map.of("decision", Map.of("type", "static_select", "selected_option", Map.of("value", "accept")));
        assertThat(anna.sends(anna.submitting(
                                id(task),
                                Map.of(
                                        "decision",
                                        accept,
                                        "field:copies",
                                        Map.of("field:copies", Map.of("type", "plain_text_input", "value", "two")))))
                        .body())
                .contains("\"response_action\":\"errors\"", "{\"field:copies\":\"is a whole number\"}");
        String done = anna.sends(anna.submitting(
                        id(task),
                        Map.of(
                                "decision",
                                accept,
                                "field:copies",
                                Map.of("field:copies", Map.of("type", "plain_text_input", "value", "2")))))
                .body();
        assertThat(done).contains("\"response_action\":\"update\"", "accepted, with copies");
        await().until(() -> state(task).equals("sent"));
        assertThat(task.confirmations()).containsExactly("{\"accept\":true,\"copies\":2}");
    }

    @Test
    void showsThePageToWhoeverLooksAndAnswersOnlyByAPost() throws Exception {
        SimulatedTask task = manus.waitingTask(Waiting.words("Which <b>currency</b>?", "EUR", "USD"));
        URI page = page(1, task);

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> shown = Http.send(Http.request(page));
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
            assertThat(shown.body()).contains("value=\"EUR\"", "&lt;b&gt;").doesNotContain("<b>currency");
        }
        assertThat(state(task)).isEqualTo("open");
        assertThat(fill(page, "words=+").statusCode()).isEqualTo(422);
        HttpResponse<String> thanks = fill(page, "option=USD&option=EUR&option=other&name=%3Cb%3EBert");
        assertThat(thanks.statusCode()).isEqualTo(200);
        assertThat(thanks.body()).contains("Thank you");
        await().until(() -> state(task).equals("sent"));
        assertThat(task.answers()).containsExactly("EUR");
        assertThat(Http.send(Http.request(page)).body())
                .contains("&lt;b&gt;Bert has answered already")
                .doesNotContain("<form");
        assertThat(fill(page, "option=USD").body()).contains("has answered already");
    }
}
