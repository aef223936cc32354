package org.manusroutes.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.slack.api.app_backend.SlackSignature;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.standins.Waiting;
import org.manusroutes.support.Databases;
import org.manusroutes.support.Http;
import org.manusroutes.support.RunningApplication;

/** What comes to the two entrances of answers and is not what it says: nothing of it answers a question. */
@Timeout(120)
class ForgedAnswersIT {
    private static ManusSimulator manus;
    private static SlackStandIn slack;
    private static MailStandIn mail;
    private static RunningApplication application;
    private static SimulatedTask task;
    private static long id;

    @BeforeAll
    static void start() {
        manus = ManusSimulator.start();
        slack = SlackStandIn.start();
        mail = MailStandIn.start();
        application = RunningApplication.start(
                Databases.H2.fresh(),
                slack.settings(),
                mail.settings(),
                manus.settings(),
                Map.of("manus.slack.signing-secret", SlackUser.SECRET, "manus.webhook.signature", "off"));
        manus.register(application.webhook().toString());
        task = manus.waitingTask(Waiting.words("Which?", "EUR", "USD"));
        await().until(() -> application.count("select count(*) from question") == 1);
        id = application.count("select id from question");
    }

    @AfterAll
    static void stop() {
        application.close();
        slack.close();
        mail.close();
        manus.close();
    }

    private static SlackUser user() {
        return new SlackUser(application.webhook(), "mallory", slack.responseUrl());
    }

    private static String form() throws Exception {
        return SlackUser.form(user().pressing(id, "answer-option:0"));
    }

    private static String now() {
        return String.valueOf(Instant.now().getEpochSecond());
    }

    private void assertThatNobodyHasAnswered() {
        assertThat(application.count("select count(*) from question where state <> 'open'"))
                .isZero();
        assertThat(task.answers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a forged signature,                 401, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503, 0",
        "an empty signature,                 401, '', 0",
        "a signature of another version,     401, v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503, 0",
        "one of five minutes and more ago,   401, sign, -305",
        "one of the future,                  401, sign, 320",
    })
    void refusesWhatSlackHasNotSignedNow(String what, int status, String signature, long shift) throws Exception {
        long at = Instant.now().getEpochSecond() + shift;
        HttpResponse<String> answer = signature.equals("sign")
                ? user().sends(form(), at)
                : Http.send(user().request(form(), String.valueOf(at), signature));

        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"the signature could not be verified\"}");
        assertThatNobodyHasAnswered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "12.5", "-1", "9999999999999999999"})
    void refusesATimestampThatIsNone(String timestamp) throws Exception {
        assertThat(Http.send(user().request(form(), timestamp, "v0=00")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesABodyThatWasChanged() throws Exception {
        String at = now();
        String signature = new SlackSignature.Generator(SlackUser.SECRET).generate(at, form());
        String changed = form().replace("answer-option%3A0", "answer-option%3A1");
        assertThat(changed).isNotEqualTo(form());
        assertThat(Http.send(user().request(changed, at, signature)).statusCode())
                .isEqualTo(401);
        assertThatNobodyHasAnswered();
    }

    @ParameterizedTest
    @CsvSource({"GET, 405", "PUT, 405", "DELETE, 405"})
    void takesOnlyPost(String method, int status) throws Exception {
        HttpResponse<String> answer =
                Http.send(user().request("", now(), "v0=00").method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void takesOnlyFormsThatAreNotTooLarge() throws Exception {
        URI interactions = application.webhook().resolve("/slack/interactions");
        assertThat(Http.send(Http.json(interactions, "{}")).statusCode()).isEqualTo(415);
        String large = "payload=" + "x".repeat(600_000);
        assertThat(user().sends(large, Instant.now().getEpochSecond()).statusCode())
                .isEqualTo(413);
        HttpRequest.Builder chunked = user().request("", now(), "v0=00")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))));
        assertThat(Http.send(chunked).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "payload=", "payload=%7B", "payload=%5B%5D", "other=1", "payload=%ZZ", "payload=1"})
    void answersSomethingSensibleToASignedBodyThatIsNoInteraction(String form) throws Exception {
        assertThat(user().sends(form, Instant.now().getEpochSecond()).statusCode())
                .isIn(200, 400);
        assertThatNobodyHasAnswered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer-option:7", "answer-option:-1", "answer-option:x", "answer-accept", "else", ""})
    void takesNoButtonThatIsNotThere(String action) throws Exception {
        assertThat(user().sends(user().pressing(id, action)).statusCode()).isIn(200, 400);
        assertThat(user().sends(user().pressing(999_999, "answer-option:0")).statusCode())
                .isEqualTo(200);
        assertThatNobodyHasAnswered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/answer/x", "/answer/", "/answer/AAAAAAAAAAcAAAAAaaaaaa", "/answer/..%2f", "/answer/%00"})
    void hasNoPageWithoutATokenOfItsOwn(String path) throws Exception {
        URI page = application.webhook().resolve(path);
        assertThat(Http.send(Http.request(page)).statusCode()).isIn(400, 404);
        HttpRequest.Builder post = Http.request(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("words=EUR"));
        assertThat(Http.send(post).statusCode()).isIn(400, 404);
        assertThatNobodyHasAnswered();
    }

    @Test
    void takesThePagesFormAloneAndWithinItsSize() throws Exception {
        URI page = application.webhook().resolve("/answer/x");
        assertThat(Http.send(Http.json(page, "{}")).statusCode()).isEqualTo(415);
        assertThat(Http.send(Http.request(page).DELETE()).statusCode()).isEqualTo(405);
        HttpRequest.Builder large = Http.request(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("words=" + "x".repeat(200_000)));
        assertThat(Http.send(large).statusCode()).isEqualTo(413);
    }
}
