package org.manusroutes.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manusroutes.answers.Question.State;

class AnswerLinksTests {
    private static final Instant ASKED = Instant.parse("2026-11-27T10:00:00Z");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static AnswerLinks at(Instant now, byte[] key) {
        return new AnswerLinks(
                "https://hooks.example.org", Duration.ofDays(3), () -> key, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static String token() {
        String link = at(ASKED, KEY).of(question());
        assertThat(link).startsWith("https://hooks.example.org/answer/");
        return link.substring(link.lastIndexOf('/') + 1);
    }

    static Question question() {
        return new Question(
                7,
                "e",
                "t",
                null,
                null,
                "",
                null,
                null,
                List.of(),
                false,
                null,
                ASKED,
                State.OPEN,
                null,
                null,
                null,
                null,
                null,
                0,
                false,
                0,
                List.of());
    }

    @Test
    void saysWhichQuestionUntilItsTimeIsOver() {
        assertThat(at(ASKED.plus(Duration.ofDays(3)), KEY).open(token())).isEqualTo(new AnswerLinks.Opened(7, false));
        assertThat(at(ASKED.plus(Duration.ofDays(3)).plusSeconds(1), KEY).open(token()))
                .isEqualTo(new AnswerLinks.Opened(7, true));
    }

    @Test
    void opensNothingThatWasNotMadeHere() {
        String token = token();
        List<String> forged = new ArrayList<>(List.of("", "a", "%", token + "A", token.substring(1), token + "=", "é"));
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            forged.add(token.substring(0, i) + other + token.substring(i + 1));
        }
        assertThat(forged)
                .allSatisfy(one -> assertThat(at(ASKED, KEY).open(one)).as(one).isNull());
        assertThat(at(ASKED, "another key".getBytes(StandardCharsets.US_ASCII)).open(token))
                .isNull();
    }

    @Test
    void isNoLinkWherePeopleCannotReachIt() {
        assertThat(new AnswerLinks("", Duration.ofDays(3), () -> KEY, Clock.systemUTC()).of(question()))
                .isNull();
    }
}
