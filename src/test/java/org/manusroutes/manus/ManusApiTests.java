package org.manusroutes.manus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.manus.ManusApiProperties.Version;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.support.Bounded;

class ManusApiTests {
    private ManusSimulator manus;
    private HttpServer receiver;
    private int receiverStatus = 200;
    private final CopyOnWriteArrayList<String> received = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        manus = ManusSimulator.start();
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(receiverStatus, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        manus.close();
        receiver.stop(0);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void fetchesThePublicKey(Version version) {
        assertThat(api(version).publicKey()).isEqualTo(manus.publicKeyPem());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void registersAUrlAndDeletesItAgain(Version version) {
        Webhook webhook = api(version).createWebhook(receiverUrl());

        assertThat(webhook.isActive()).isTrue();
        assertThat(webhook.url()).isEqualTo(receiverUrl());
        assertThat(manus.registrations())
                .singleElement()
                .satisfies(registered -> assertThat(registered).containsEntry("id", webhook.id()));
        assertThat(received).containsExactly("{\"type\":\"webhook_test\"}");

        api(version).deleteWebhook(webhook.id());
        assertThat(manus.registrations()).isEmpty();
    }

    @Test
    void listsRegistrations() {
        manus.register("https://example.org/a");
        manus.deactivate(manus.register("https://example.org/b"));

        assertThat(api(Version.V2).webhooks().data())
                .extracting(Webhook::url, Webhook::isActive)
                .containsExactly(tuple("https://example.org/a", true), tuple("https://example.org/b", false));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void createsATaskWhoseEventsAreDelivered(Version version) {
        manus.register(receiverUrl());

        CreatedTask task = api(version).createTask(new NewTask("Count the invoices", null, null, null));

        assertThat(task.taskId()).hasSize(22);
        assertThat(task.taskUrl()).endsWith(task.taskId());
        Bounded.untilExactly(4, received::size);
        assertThat(received).allMatch(event -> event.contains(task.taskId()));
    }

    @Test
    void showsATaskAndItsMessagesNewestFirst() {
        SimulatedTask question = manus.sampleTask(SampleTask.QUESTION);
        await().until(() -> question.status().equals("waiting"));

        Task task = api(Version.V2).task(question.id());
        assertThat(task.status()).isEqualTo("waiting");
        assertThat(task.title()).isEqualTo("Convert the price list");
        Messages messages = api(Version.V2).newestMessages(question.id(), 2, null);
        assertThat(messages.hasMore()).isTrue();
        assertThat(messages.firstStatus().orElseThrow().statusDetail())
                .extracting(Messages.StatusDetail::waitingForEventType)
                .isEqualTo("messageAskUser");
        assertThat(messages.firstOfAssistant().orElseThrow().content()).startsWith("Which currency");
        assertThat(api(Version.V2)
                        .newestMessages(question.id(), 10, messages.nextCursor())
                        .hasMore())
                .isFalse();
    }

    @Test
    void refusesWhatV1LacksInOneSentence() {
        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(() -> api(Version.V1).webhooks())
                .withMessage("the Manus API v1 has no webhook.list: set manus.api.version to v2");
        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(() -> api(Version.V1).createTask(new NewTask("p", "a title", null, null)))
                .withMessageContaining("title");
        assertThat(manus.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void saysThatTheKeyIsWrongWithoutShowingIt(Version version) {
        ManusApi api =
                ManusApiClient.connect(new ManusApiProperties("sk-secret", URI.create(manus.baseUrl()), version, 3));

        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(api::publicKey)
                .withMessageContaining("answered 401 unauthorized")
                .withMessageEndingWith("invalid API key: check manus.api.key")
                .satisfies(refusal -> assertThat(refusal.toString()).doesNotContain("sk-secret"));
        assertThat(new ManusApiProperties("sk-secret", URI.create("https://api.manus.ai"), version, 3).toString())
                .doesNotContain("sk-secret");
    }

    @Test
    void namesStatusCodeAndRequestOfARefusal() {
        manus.limitNext(1);

        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(() -> api(Version.V2).webhooks())
                .withMessage("the Manus API answered 429 rate_limited (request req_000001): wait a minute")
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(429);
                    assertThat(refusal.code()).isEqualTo("rate_limited");
                    assertThat(refusal.requestId()).isEqualTo("req_000001");
                    assertThat(refusal.isPassing()).isTrue();
                });
    }

    @Test
    void saysWhyARegistrationIsRefused() {
        receiverStatus = 401;

        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(() -> api(Version.V2).createWebhook(receiverUrl()))
                .withMessageContaining("the test delivery to " + receiverUrl() + " was answered with 401")
                .satisfies(refusal -> assertThat(refusal.isPassing()).isFalse());
    }

    @Test
    void takesOkFalseUnder200ForTheRefusalItIs() {
        serve("{\"ok\":false,\"request_id\":\"r1\",\"error\":{\"code\":\"odd\",\"message\":\"no\"}}");

        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(() -> atReceiver(Duration.ofSeconds(5)).publicKey())
                .withMessage("the Manus API answered 200 odd (request r1): no");
    }

    @Test
    void saysThatTheAnswerIsNotOneOfManus() {
        for (String answer : new String[] {"<html>a portal</html>", "{}", ""}) {
            serve(answer);

            assertThatExceptionOfType(ManusApiException.class)
                    .isThrownBy(() -> atReceiver(Duration.ofSeconds(5)).publicKey())
                    .withMessageContaining("check manus.api.base-url");
        }
    }

    @Test
    void saysThatNoAnswerCame() {
        String url = receiverUrl();
        receiver.stop(0);

        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(() -> atReceiver(Duration.ofSeconds(5)).deleteWebhook("wh_1"))
                .withMessageStartingWith("no answer from the Manus API at " + url)
                .satisfies(refusal -> assertThat(refusal.isPassing()).isTrue());
    }

    @Test
    void waitsForAnAnswerNoLongerThanItsTimeOut() throws IOException {
        try (var silent = new ServerSocket(0)) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            ManusApi api =
                    ManusApiClient.connect(new ManusApiProperties("k", url, Version.V2, 3), Duration.ofMillis(200));

            assertThatExceptionOfType(ManusApiException.class)
                    .isThrownBy(api::publicKey)
                    .withMessageStartingWith("no answer from the Manus API");
        }
    }

    private void serve(String answer) {
        receiver.removeContext("/");
        receiver.createContext("/", exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private ManusApi api(Version version) {
        Map<String, Object> settings = manus.settings();
        return ManusApiClient.connect(new ManusApiProperties(
                (String) settings.get("manus.api.key"),
                URI.create(String.valueOf(settings.get("manus.api.base-url"))),
                version,
                3));
    }

    private ManusApi atReceiver(Duration readTimeout) {
        return ManusApiClient.connect(
                new ManusApiProperties("k", URI.create(receiverUrl()), Version.V2, 3), readTimeout);
    }

    private String receiverUrl() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort();
    }
}
