package org.manusroutes.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.springframework.boot.convert.DurationStyle;

/** Looks at a task again and again, and says what has changed. */
final class TaskWatch {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ManusApi api;
    private final PrintWriter out;
    private final Clock clock;
    private String said = "";

    TaskWatch(ManusApi api, PrintWriter out, Clock clock) {
        this.api = api;
        this.out = out;
        this.clock = clock;
    }

    /**
     * The task once it no longer runs. What passes by itself (no answer, 429, 404 shortly after the task was created)
     * is waited for.
     *
     * @throws IllegalStateException when the task still runs after the time-out
     */
    TaskReport untilItStops(String taskId, Duration interval, Duration timeout) throws InterruptedException {
        Instant end = clock.instant().plus(timeout);
        while (true) {
            try {
                TaskReport report = TaskReport.of(api, taskId);
                say(report.task().status() + (report.isRunning() ? ": " + report.brief() : ""));
                if (!report.isRunning()) {
                    return report;
                }
            } catch (ManusApiException refusal) {
                if (!refusal.isPassing() && !refusal.isNotFound()) {
                    throw refusal;
                }
                say(ErrorLine.about(refusal));
            }
            if (!clock.instant().isBefore(end)) {
                throw new IllegalStateException("task " + taskId + " still runs after "
                        + DurationStyle.SIMPLE.print(timeout) + ": look again with task show " + taskId);
            }
            // a command has nothing else to do meanwhile
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
        }
    }

    private void say(String what) {
        String line = what.endsWith(": ") ? what.substring(0, what.length() - 2) : what;
        if (!line.equals(said)) {
            said = line;
            out.println(TIME.format(LocalTime.now(clock)) + "  " + line);
        }
    }
}
