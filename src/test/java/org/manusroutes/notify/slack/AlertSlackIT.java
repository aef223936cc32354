package org.manusroutes.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.notify.Events;
import org.manusroutes.notify.RouteUnderTest;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.standins.SlackStandIn.Answer;

/** The route file {@code alert-slack} with a bot token, against a Slack on a real socket. */
class AlertSlackIT {
    private static SlackStandIn slack;
    private static RouteUnderTest route;
    private static int event;

    private String key;

    @BeforeAll
    static void start() {
        slack = SlackStandIn.start();
        route = RouteUnderTest.start(
                "alert-slack",
                slack.settings(),
                Map.of("manus.slack.ops-channel", "#ops", "manus.slack.channel", "#ai-tasks"));
    }

    @AfterAll
    static void stop() {
        route.close();
        slack.close();
    }

    @BeforeEach
    void reset() {
        slack.reset();
        key = "event-" + ++event;
    }

    @Test
    void postsAFinishWithItsFilesAndWritesTheLedger() {
        Map<String, Object> event = Events.finish();
        Exchange exchange = alert(event, "task_stopped", "finish");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody())
                .as("the next step sees the event")
                .isEqualTo(event);
        SlackStandIn.Post post = slack.posts().get(0);
        assertThat(post.channel()).isEqualTo("#ai-tasks");
        assertThat(post.text()).isEqualTo("Task finished: Market report");
        assertThat(post.message()).containsEntry("link_names", "0").containsEntry("unfurl_links", "0");
        assertThat(post.blocks().toString())
                .contains("type=header, text={type=plain_text, text=Task finished}")
                .contains("<https://manus.im/app/" + Events.TASK + "|Market report>")
                .contains("verbatim=true")
                .contains("report.pdf (2.0 MB)\ndata.csv (512 B)");
        assertThat(route.ledger()).contains(key + "/alert-slack");
    }

    @Test
    void postsOnceForAnEventThatComesTwice() {
        alert(Events.finish(), "task_stopped", "finish");
        Exchange again = alert(Events.finish(), "task_stopped", "finish");

        assertThat(again.getException()).isNull();
        assertThat(slack.posts()).hasSize(1);
    }

    @Test
    void postsAParkedEventToTheOpsChannel() {
        alert(Events.parked(), "event_parked", "");

        assertThat(slack.posts())
                .singleElement()
                .extracting(SlackStandIn.Post::channel)
                .isEqualTo("#ops");
    }

    @Test
    void letsTheRouteChooseWordsAndChannel() {
        route.send(Events.ask(), with(Map.of("headline", "Over to you", "slackChannel", "C0123")));

        assertThat(slack.posts()).singleElement().satisfies(post -> {
            assertThat(post.channel()).isEqualTo("C0123");
            assertThat(post.text()).isEqualTo("Over to you: Market report");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"channel_not_found", "not_in_channel", "is_archived", "invalid_auth", "missing_scope", "no_text"
            })
    void parksWhenSlackRefusesForGood(String code) {
        slack.answerNext(1, Answer.refusal(code));

        assertRefused(alert(Events.finish(), "task_stopped", "finish"), PermanentFailure.class, code);
    }

    @Test
    void saysWhatToDoWhenTheChannelIsNotFound() {
        slack.answerNext(1, Answer.refusal("channel_not_found"));

        assertThat(alert(Events.finish(), "task_stopped", "finish").getException())
                .hasMessage("Slack refused: channel_not_found. Is #ai-tasks spelt right, open, and is the bot invited?"
                        + " manus.slack.channel, manus.slack.ops-channel, or the variable slackChannel");
    }

    @Test
    void waitsAsLongAsSlackAsks() {
        slack.answerNext(1, Answer.tooManyRequests(17));

        assertThat(alert(Events.finish(), "task_stopped", "finish").getException())
                .asInstanceOf(type(RetryLater.class))
                .extracting(RetryLater::delay)
                .isEqualTo(Duration.ofSeconds(17));
        assertThat(route.ledger()).doesNotContain(key + "/alert-slack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fatal_error", "service_unavailable", "a_code_of_tomorrow"})
    void triesAgainWhenSlackIsInTrouble(String code) {
        slack.answerNext(1, Answer.refusal(code));
        assertRefused(alert(Events.finish(), "task_stopped", "finish"), SlackUnavailableException.class, code);

        assertThat(alert(Events.finish(), "task_stopped", "finish").getException())
                .isNull();
        assertThat(slack.posts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 500, 503})
    void triesAgainAfterAStatusThatIsNoAnswer(int status) {
        slack.answerNext(1, Answer.status(status, "<html>gateway</html>"));

        assertRefused(
                alert(Events.finish(), "task_stopped", "finish"), SlackUnavailableException.class, "HTTP " + status);
    }

    @Test
    void takesAPageOfAProxyForNoSuccess() {
        slack.answerNext(1, Answer.status(200, "<html>log in to the guest network</html>"));

        assertRefused(alert(Events.finish(), "task_stopped", "finish"), SlackUnavailableException.class, "is not JSON");
    }

    @Test
    void doesNotPostAgainByItselfWhenTheConnectionIsCut() {
        alert(Events.finish(), "task_stopped", "finish");
        slack.reset();
        key = "cut-" + key;
        slack.answerNext(1, Answer.cut());

        assertRefused(alert(Events.finish(), "task_stopped", "finish"), IOException.class, "");
        assertThat(slack.requests()).isEqualTo(1);
    }

    @Test
    void triesAgainWhenSlackIsTooSlow() {
        slack.answerNext(1, Answer.slow(SlackClients.READ.plusSeconds(2)));

        assertRefused(alert(Events.finish(), "task_stopped", "finish"), IOException.class, "");
        // it is taken all the same, after nobody waited for it any more: not in the middle of the next test
        await().untilAsserted(() -> assertThat(slack.posts()).hasSize(1));
    }

    private Exchange alert(Map<String, Object> event, String type, String reason) {
        return route.send(event, Events.variables(key, type, reason));
    }

    private Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> variables = new HashMap<>(Events.variables(key, "task_stopped", "ask"));
        variables.putAll(more);
        return variables;
    }

    private void assertRefused(Exchange exchange, Class<? extends Throwable> type, String words) {
        assertThat(exchange.getException()).isInstanceOf(type).hasMessageContaining(words);
        assertThat(exchange.getException().toString()).doesNotContain(SlackStandIn.TOKEN);
        assertThat(route.ledger()).doesNotContain(key + "/alert-slack");
    }
}
