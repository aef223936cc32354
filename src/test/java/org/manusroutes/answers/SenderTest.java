package org.manusroutes.answers;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.manusroutes.event.Event;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiClient;
import org.manusroutes.manus.ManusApiProperties;
import org.manusroutes.manus.ManusApiProperties.Version;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.support.Databases;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions of the simulator, in a database of their own. */
abstract class SenderTest {
    static final Map<String, Object> ACCEPT =
            Map.of("type", "object", "properties", Map.of("accept", Map.of("type", "boolean")));

    final ManusSimulator manus = ManusSimulator.start();
    final List<Event> told = new CopyOnWriteArrayList<>();
    final ManusApi api = api(Version.V2);
    JdbcClient jdbc;
    QuestionTable questions;
    Answering answering;

    @AfterEach
    void stop() {
        manus.close();
    }

    ManusApi api(Version version) {
        return ManusApiClient.connect(new ManusApiProperties(
                (String) manus.settings().get("manus.api.key"), URI.create(manus.baseUrl()), version, 3));
    }

    void on(Databases database) {
        jdbc = JdbcClient.create(database.migrated());
        questions = new QuestionTable(jdbc);
        answering = new Answering(questions, api, new Moments("UTC"));
    }

    AnswerSender node(String name) {
        return node(name, api);
    }

    AnswerSender node(String name, ManusApi client) {
        AnswersProperties settings =
                new AnswersProperties("", Duration.ofDays(3), Duration.ofHours(4), Duration.ofDays(1));
        return new AnswerSender(questions, client, settings, told::add, name, Clock.systemUTC(), new Moments("UTC"));
    }

    Question ask(SimulatedTask task) {
        return ask(task, "task_stopped_" + task.id(), Instant.now());
    }

    Question ask(SimulatedTask task, String key, Instant at) {
        Question question =
                questions.ask(key, task.id(), task.title(), task.url(), "Which?", List.of(), at, Duration.ofHours(4));
        return answering.question(question.id()).orElseThrow();
    }

    Question now(Question question) {
        return questions.find(question.id()).orElseThrow();
    }

    /** As if so much time had gone by for what is to be done. */
    void wait(int seconds) {
        jdbc.sql("update question set due_at = due_at - cast(:seconds as integer) * interval '1' second")
                .param("seconds", seconds)
                .update();
    }
}
