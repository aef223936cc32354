package org.manusroutes.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.springframework.boot.convert.DurationStyle;

/** Looks at a task again and again, and says what has changed. */
final class TaskWatch {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ManusApi api;
    private final PrintWriter out;
    private final Clock clock;
    private final Spinner spinner;
    private String said = "";
    private List<String> plan = List.of();

    TaskWatch(ManusApi api, PrintWriter out, Clock clock, Spinner spinner) {
        this.api = api;
        this.out = out;
        this.clock = clock;
        this.spinner = spinner;
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
                sayPlan(report.steps());
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
            spinner.turn(interval, "watching, Ctrl-C ends that and leaves the task to itself");
        }
    }

    /** Only the steps that have changed. */
    private void sayPlan(List<String> steps) {
        steps.stream().filter(step -> !plan.contains(step)).forEach(step -> out.println("          " + step));
        plan = steps;
    }

    private void say(String what) {
        String line = what.endsWith(": ") ? what.substring(0, what.length() - 2) : what;
        if (!line.equals(said)) {
            said = line;
            out.println(TIME.format(LocalTime.now(clock)) + "  " + line);
        }
    }
}
