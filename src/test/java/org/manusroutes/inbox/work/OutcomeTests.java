package org.manusroutes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.failure.RetryLater;
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
        assertThat(outcome(PASSING, 3)).isEqualTo(new Retry(Duration.ofSeconds(40), "IOException: connection refused"));
    }

    @Test
    void parksAtOnceWhatIsPermanentHoweverCamelWrapsIt() {
        assertThat(outcome(new CamelExecutionException("wrapped", null, FINAL), 1))
                .isEqualTo(new Parked("channel_not_found"));
    }

    @Test
    void retriesWhileOneOfSeveralMayStillSucceed() {
        assertThat(outcome(StepFailures.join(FINAL, PASSING), 1))
                .isEqualTo(new Retry(Duration.ofSeconds(10), "channel_not_found; IOException: connection refused"));
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
                .isEqualTo(new Retry(Duration.ofSeconds(10), "IOException: connection refused"));
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
