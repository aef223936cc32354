package org.manusroutes.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;

/**
 * Compares the clock with the {@code Date} that the Manus API answers with: a delivery whose timestamp is too far off
 * is refused.
 */
public final class ClockCheck implements Check {
    private static final Duration WORTH_A_WARNING = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** The header has whole seconds, cut off. */
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final @Nullable URI api;
    private final Duration tolerance;
    private final Clock clock;

    /**
     * A check of this clock.
     *
     * @param api null when the API is not used
     * @param tolerance of timestamps, as in {@code manus.webhook.tolerance}
     */
    public ClockCheck(@Nullable URI api, Duration tolerance, Clock clock) {
        this.api = api;
        this.tolerance = tolerance;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String waitsFor() {
        return "the Manus API (manus.api.base-url)";
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        if (api == null) {
            return List.of(Finding.off(name(), "compared with nothing (manus.api.key is not set)"));
        }
        try {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
            HttpRequest request = HttpRequest.newBuilder(api).timeout(PATIENCE).build();
            // without a key: whatever the answer is, it has a date; the first one also pays for the connection
            http.send(request, HttpResponse.BodyHandlers.discarding());
            Instant asked = clock.instant();
            HttpResponse<Void> response = http.send(request, HttpResponse.BodyHandlers.discarding());
            Instant answered = clock.instant();
            return List.of(compare(response.headers().firstValue("Date"), asked, answered));
        } catch (IOException e) {
            return List.of(unknown("the Manus API gives no answer"));
        }
    }

    private Finding compare(Optional<String> header, Instant asked, Instant answered) {
        Instant theirs;
        try {
            theirs = header.map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElse(null);
        } catch (DateTimeException e) {
            theirs = null;
        }
        if (theirs == null) {
            return unknown("the answer of the Manus API has no date");
        }
        Duration uncertain = Duration.between(asked, answered).dividedBy(2).plus(HALF_A_SECOND);
        Instant middle = asked.plus(Duration.between(asked, answered).dividedBy(2));
        Duration off = Duration.between(theirs.plus(HALF_A_SECOND), middle);
        Duration surely = off.abs().minus(uncertain);
        String found = "this clock is %d s %s that of the Manus API, give or take %d s"
                .formatted(off.abs().toSeconds(), off.isNegative() ? "behind" : "ahead of", uncertain.toSeconds() + 1);
        String mend = "set the clock right, for example by timedatectl set-ntp true";
        if (surely.compareTo(tolerance) > 0) {
            return Finding.fail(
                    name(),
                    found + ": deliveries are refused (manus.webhook.tolerance is " + tolerance.toSeconds() + " s)",
                    mend);
        }
        return surely.compareTo(WORTH_A_WARNING) > 0
                ? Finding.warn(name(), found, mend)
                : Finding.ok(name(), "as that of the Manus API, give or take " + (uncertain.toSeconds() + 1) + " s");
    }

    private Finding unknown(String why) {
        return Finding.warn(name(), "compared with nothing: " + why, "see that NTP keeps the clock right");
    }
}
