package org.manusroutes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.ConfigurationFailure;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.failure.Unreachable;
import org.manusroutes.inbox.InboxProperties;
import org.manusroutes.inbox.work.Outcome.Done;
import org.manusroutes.inbox.work.Outcome.NotYet;
import org.manusroutes.inbox.work.Outcome.Parked;
import org.manusroutes.inbox.work.Outcome.Retry;

class OutcomeTests {
    private static final Exception PASSING = new IOException("connection refused");
    private static final Exception FINAL = new PermanentFailure("channel_not_found");
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(new InboxProperties.Retry(Duration.ofSeconds(10), Duration.ofHours(1), 32), () -> 0.5);

    @Test
    void isDoneWithoutAFailure() {
        assertThat(outcome(null, 1)).isEqualTo(new Done());
    }

    @Test
    void retriesByTheScheduleAndSaysWhatFailed() {
        assertThat(outcome(PASSING, 3))
                .isEqualTo(new Retry(Duration.ofSeconds(40), "IOException: connection refused", false));
    }

    @Test
    void parksAtOnceWhatIsPermanentHoweverCamelWrapsIt() {
        assertThat(outcome(new CamelExecutionException("wrapped", null, FINAL), 1))
                .isEqualTo(new Parked("channel_not_found"));
    }

    @Test
    void retriesWhileOneOfSeveralMayStillSucceed() {
        assertThat(outcome(StepFailures.join(FINAL, PASSING), 1))
                .isEqualTo(
                        new Retry(Duration.ofSeconds(10), "channel_not_found; IOException: connection refused", false));
        assertThat(outcome(StepFailures.join(FINAL, new PermanentFailure("too large")), 1))
                .isEqualTo(new Parked("channel_not_found; too large"));
    }

    @Test
    void comesBackNotBeforeTheOtherSideSaid() {
        Exception limited = new RetryLater("slow down", Duration.ofSeconds(90), null);
        assertThat(outcome(StepFailures.join(PASSING, limited), 9))
                .isInstanceOfSatisfying(Retry.class, r -> assertThat(r.delay()).isEqualTo(Duration.ofSeconds(90)));
    }

    @Test
    void waitsForItsTurnWhenNothingElseCanBeDone() {
        Exception soon = new Postponed("one message a second", Duration.ofSeconds(7));
        Exception later = new Postponed("one message a second", Duration.ofSeconds(90));
        assertThat(outcome(StepFailures.join(later, soon), 40)).isEqualTo(new NotYet(Duration.ofSeconds(7)));
        assertThat(outcome(StepFailures.join(FINAL, soon), 1)).isEqualTo(new NotYet(Duration.ofSeconds(7)));
        assertThat(outcome(StepFailures.join(soon, PASSING), 1))
                .as("what failed is tried again by its own schedule")
                .isEqualTo(new Retry(Duration.ofSeconds(10), "IOException: connection refused", false));
    }

    @Test
    void comesBackWithinAnHourHoweverLongTheOtherSideAsksFor() {
        Exception limited = new RetryLater("slow down", Duration.ofDays(11), null);
        assertThat(outcome(limited, 1))
                .isInstanceOfSatisfying(Retry.class, r -> assertThat(r.delay()).isEqualTo(Duration.ofHours(1)));
    }

    @Test
    void needsAPersonWhenASettingIsWrong() {
        Exception wrong = new ConfigurationFailure("the login was refused: manus.mail.password", null);
        assertThat(outcome(new CamelExecutionException("wrapped", null, wrong), 1))
                .isEqualTo(new Retry(Duration.ofSeconds(10), "the login was refused: manus.mail.password", true));
    }

    @Test
    void namesTheServerThatDidNotAnswer() {
        Exception nameless = new ConnectException("Connection refused");
        assertThat(outcome(new IOException("a.example.com:443", nameless), 1).error())
                .isEqualTo("IOException: a.example.com:443");
        assertThat(outcome(Unreachable.of("s3.example.com:443", nameless).orElseThrow(), 1)
                        .error())
                .isEqualTo("s3.example.com:443 refused the connection");
    }

    @Test
    void showsNoSecretOfAnAddress() {
        assertThat(outcome(new IOException("invoking https://x.example/flow?sig=s3cret with 500"), 1)
                        .error())
                .isEqualTo("IOException: invoking https://x.example/flow?sig=*** with 500");
    }

    @Test
    void namesTheStepThatFailed() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setException(PASSING);
        exchange.setProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, "copy-attachments");
        assertThat(outcome(StepFailures.join(FINAL, StepFailures.in(exchange)), 1)
                        .error())
                .isEqualTo("channel_not_found; copy-attachments: IOException: connection refused");
    }

    @Test
    void parksAfterTheLastAttempt() {
        assertThat(outcome(PASSING, 31)).isInstanceOf(Retry.class);
        assertThat(outcome(PASSING, 32))
                .isEqualTo(new Parked("gave up after 32 attempts: IOException: connection refused"));
    }

    @Test
    void doublesTheDelayUpToTheLongestAndTakesAboutADay() {
        assertThat(SCHEDULE.delayAfter(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(SCHEDULE.delayAfter(2)).isEqualTo(Duration.ofSeconds(20));
        assertThat(SCHEDULE.delayAfter(1000)).isEqualTo(Duration.ofHours(1));
        Duration all = Duration.ZERO;
        for (int attempt = 1; attempt < 32; attempt++) {
            all = all.plus(SCHEDULE.delayAfter(attempt));
        }
        assertThat(all).isBetween(Duration.ofHours(20), Duration.ofHours(28));
    }

    @Test
    void spreadsTheDelayByAFifth() {
        assertThat(schedule(0).delayAfter(1)).isEqualTo(Duration.ofSeconds(8));
        assertThat(schedule(0.999999).delayAfter(1)).isBetween(Duration.ofMillis(11_990), Duration.ofSeconds(12));
    }

    private static RetrySchedule schedule(double random) {
        return new RetrySchedule(SCHEDULE.retry(), () -> random);
    }

    private static Outcome outcome(Exception failure, int attempt) {
        return Outcome.of(failure, attempt, SCHEDULE);
    }
}
