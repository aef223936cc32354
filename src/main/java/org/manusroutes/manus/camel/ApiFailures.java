package org.manusroutes.manus.camel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.manusroutes.failure.ConfigurationFailure;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.manus.ManusApiException;

/** What a refusal of the API means for the event. */
final class ApiFailures {
    /** Within it an answer that was lost, and what it was about, can be seen. */
    static final Duration LOOK_AFTER = Duration.ofSeconds(30);

    // the API's limits are per minute, and it sends no Retry-After
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final Duration TURN = Duration.ofSeconds(10);
    private static final int JITTER_MILLIS = 30_000;

    private ApiFailures() {}

    /** To be thrown in its place: what passes is tried again, what a person can mend is told, the rest is parked. */
    static RuntimeException of(ManusOperation operation, ManusApiException refusal) {
        String what = "manus:" + operation + ": " + refusal.getMessage();
        if (refusal.isLimitUsedUp()) {
            return new Postponed(what, jittered(TURN));
        }
        if (refusal.isRateLimited()) {
            return new RetryLater(what, jittered(PAUSE), refusal);
        }
        if (refusal.isNotFound() && operation == ManusOperation.messages) {
            // also of a task that is there: its messages come some seconds after it
            return new RetryLater(what, LOOK_AFTER, refusal);
        }
        if (refusal.isPassing()) {
            return refusal;
        }
        boolean configuration =
                switch (refusal.status()) {
                    case 401, 403, ManusApiException.NO_ANSWER -> true;
                    default -> false;
                };
        return configuration ? new ConfigurationFailure(what, refusal) : new PermanentFailure(what, refusal);
    }

    private static Duration jittered(Duration pause) {
        return pause.plusMillis(ThreadLocalRandom.current().nextInt(JITTER_MILLIS));
    }
}
