package org.manusroutes.standins;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.SlackStandIn.Answer;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Http;

class SlackStandInTests {
    @Test
    void countsNothingOfWhatItWasAskedBeforeAReset() throws Exception {
        try (SlackStandIn slack = SlackStandIn.start()) {
            String url = (String) slack.webhookSettings().get("manus.slack.webhook-url");
            slack.answerNext(2, Answer.slow(Duration.ofMillis(300)));
            CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> post(url, "late"));
            Bounded.untilExactly(1, slack::requests);
            slack.reset();

            assertThat(post(url, "next")).isEqualTo(200);
            assertThat(Bounded.get(late)).isEqualTo(200);
            assertThat(slack.posts()).extracting(SlackStandIn.Post::text).containsExactly("next");
            assertThat(slack.requests()).isEqualTo(1);
        }
    }

    private static int post(String url, String text) {
        try {
            return Http.send(Http.json(URI.create(url), "{\"text\":\"" + text + "\"}"))
                    .statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
