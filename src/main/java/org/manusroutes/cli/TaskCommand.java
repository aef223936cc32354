package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.CreatedTask;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.NewTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tasks, for trying things out. */
@Command(name = "task", description = "Create a task and watch it, or show one.")
final class TaskCommand extends CommandBase {
    private final Clock clock;

    TaskCommand(CommandSettings settings, Clock clock) {
        super(settings);
        this.clock = clock;
    }

    @Command(description = "Create a task; Manus charges credits for it.")
    int create(
            @Parameters(paramLabel = "PROMPT", description = "what the task is to do") String prompt,
            @Option(names = "--title") @Nullable String title,
            @Option(names = "--project", paramLabel = "ID") @Nullable String project,
            @Option(names = "--profile", paramLabel = "NAME", description = "agent profile") @Nullable String profile,
            @Option(names = "--watch", description = "say what it does until it stops or asks") boolean watch,
            @Option(names = "--timeout", defaultValue = "30m", description = "of --watch; default: ${DEFAULT-VALUE}")
                    Duration timeout,
            @Option(names = "--interval", defaultValue = "5s", description = "of --watch; default: ${DEFAULT-VALUE}")
                    Duration interval,
            @Mixin Output output)
            throws JsonProcessingException, InterruptedException {
        if (interval.isNegative() || interval.isZero() || timeout.isNegative()) {
            throw misuse("--interval and --timeout: write times, 5s or 30m for example");
        }
        ManusApi api = settings.api();
        CreatedTask created = api.createTask(new NewTask(prompt, title, project, profile));
        if (!watch) {
            output.print(out(), created, "created task " + created.taskId() + line(created.taskUrl()));
            return 0;
        }
        // with --format json standard output holds one document, the result
        PrintWriter progress = output.isJson() ? err() : out();
        progress.println("created task " + created.taskId() + line(created.taskUrl()));
        TaskReport report = new TaskWatch(api, progress, clock).untilItStops(created.taskId(), interval, timeout);
        output.print(out(), report, report.text());
        return report.task().status().equals("error") ? 1 : 0;
    }

    @Command(description = "Show a task: its status, its last message, its files.")
    void show(@Parameters(paramLabel = "ID") String id, @Mixin Output output) throws JsonProcessingException {
        TaskReport report = TaskReport.of(settings.api(), id);
        output.print(out(), report, report.text());
    }

    private static String line(@Nullable String url) {
        return url == null ? "" : System.lineSeparator() + url;
    }
}
