package org.manusroutes.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.notify.ChannelsHealthIndicator;
import org.manusroutes.notify.Events;
import org.manusroutes.notify.RouteUnderTest;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.standins.SlackStandIn.Answer;

/** The route file {@code alert-slack} with an incoming webhook, against a Slack on a real socket. */
class AlertSlackByWebhookIT {
    private static SlackStandIn slack;
    private static RouteUnderTest route;
    private static int event;

    private String key;

    @BeforeAll
    static void start() {
        slack = SlackStandIn.start();
        route = RouteUnderTest.start("alert-slack", slack.webhookSettings());
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
    void postsBlockKitInSlacksOwnNames() {
        Exchange exchange = alert();

        assertThat(exchange.getException()).isNull();
        SlackStandIn.Post post = slack.posts().get(0);
        assertThat(post.webhook()).isTrue();
        assertThat(post.text()).isEqualTo("Task finished: Market report");
        assertThat(post.message()).containsOnlyKeys("text", "blocks", "unfurl_links", "unfurl_media");
        assertThat(post.raw())
                .contains("{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"Task finished\"}}");
        assertThat(route.ledger()).contains(key + "/alert-slack");
    }

    @ParameterizedTest
    @CsvSource({
        "404, no_service",
        "404, channel_not_found",
        "403, action_prohibited",
        "403, invalid_token",
        "410, channel_is_archived",
        "400, invalid_payload"
    })
    void parksWhenSlackRefusesForGood(int status, String body) {
        slack.answerNext(1, Answer.status(status, body));

        assertRefused(alert(), PermanentFailure.class, body);
    }

    /** A proxy's page, or a webhook of something else: the message is not on Slack. */
    @ParameterizedTest
    @CsvSource({"200, <html>Please log in</html>", "200, ''", "204, ''", "200, '{\"ok\":false}'", "200, {}", "200, okay"
    })
    void takesNoOtherAnswerForAYes(int status, String body) {
        slack.answerNext(1, Answer.status(status, body));

        assertRefused(alert(), SlackUnavailableException.class, "Slack");
        assertThat(alert().getException()).isNull();
        assertThat(slack.posts()).hasSize(1);
    }

    @Test
    void parksWhenAWorkflowRefusesForGoodInA200() {
        slack.answerNext(1, Answer.status(200, "{\"ok\":false,\"error\":\"invalid_token\"}"));

        assertRefused(alert(), PermanentFailure.class, "invalid_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "ok\n", "{\"ok\":true}"})
    void takesTheYesOfAWebhookAndOfAWorkflow(String body) {
        slack.answerNext(1, Answer.status(200, body));

        assertThat(alert().getException()).isNull();
        assertThat(route.ledger()).contains(key + "/alert-slack");
    }

    @ParameterizedTest
    @CsvSource({"500, internal_error", "503, service_unavailable", "404, <html>gateway</html>"})
    void triesAgainAfterWhatIsNoRefusal(int status, String body) {
        slack.answerNext(1, Answer.status(status, body));

        assertRefused(alert(), SlackUnavailableException.class, "Slack refused: ");
        assertThat(alert().getException()).isNull();
        assertThat(slack.posts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"42, 42", "-1, 30"})
    void waitsAsLongAsSlackAsksElseHalfAMinute(int header, int seconds) {
        slack.answerNext(1, Answer.tooManyRequests(header));

        assertThat(alert().getException())
                .asInstanceOf(type(RetryLater.class))
                .extracting(RetryLater::delay)
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void givesTheTokenTheFirstPlace() {
        try (RouteUnderTest both = RouteUnderTest.start("alert-slack", slack.webhookSettings(), slack.settings())) {
            both.send(Events.finish(), Events.variables("finish"));
        }
        assertThat(slack.posts())
                .singleElement()
                .extracting(SlackStandIn.Post::webhook)
                .isEqualTo(false);
    }

    @Test
    void doesNothingWithoutSettings() {
        try (RouteUnderTest off = RouteUnderTest.start("alert-slack", Map.of())) {
            Exchange exchange = off.send(Events.finish(), Events.variables("finish"));

            assertThat(exchange.getException()).isNull();
            assertThat(off.ledger()).isEmpty();
            assertThat(off.bean(ChannelsHealthIndicator.class).health().getDetails())
                    .containsEntry("slack", "off")
                    .containsEntry("mail", "off");
        }
        assertThat(slack.requests()).isZero();
    }

    private Exchange alert() {
        return route.send(Events.finish(), Events.variables(key, "task_stopped", "finish"));
    }

    private void assertRefused(Exchange exchange, Class<? extends Throwable> type, String words) {
        assertThat(exchange.getException()).isInstanceOf(type).hasMessageContaining(words);
        assertThat(exchange.getException().toString()).doesNotContain("stand-in-secret");
        assertThat(route.ledger()).doesNotContain(key + "/alert-slack");
    }
}
