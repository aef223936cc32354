package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.Task;
import org.manusroutes.manus.TaskPage;
import org.manusroutes.text.Untrusted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The tasks of the account, as Manus has them. */
@Command(name = "list", description = "List the tasks of the account, the newest first.")
final class TaskListCommand extends CommandBase implements Callable<Integer> {
    /** The most that the API gives at once (docs/manus-api.md, REST API v2). */
    private static final int LARGEST_PAGE = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "default: ${DEFAULT-VALUE}")
    private int limit;

    @Mixin
    private final Output output = new Output();

    TaskListCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() throws JsonProcessingException {
        positive("--limit", limit);
        List<Task> tasks = newest(settings.api());
        output.print(out(), tasks, tasks.isEmpty() ? "no tasks" : table(tasks));
        return 0;
    }

    private List<Task> newest(ManusApi api) {
        List<Task> tasks = new ArrayList<>();
        @Nullable String cursor = null;
        while (tasks.size() < limit) {
            TaskPage page = api.newestTasks(Math.min(LARGEST_PAGE, limit - tasks.size()), cursor);
            tasks.addAll(page.data());
            cursor = page.nextCursor();
            if (!page.hasMore() || cursor == null) {
                break;
            }
        }
        return tasks.subList(0, Math.min(limit, tasks.size()));
    }

    private static String table(List<Task> tasks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "STATUS", "CREATED", "TITLE"));
        tasks.forEach(task -> rows.add(
                List.of(task.id(), task.status(), created(task), Untrusted.cut(Untrusted.line(task.title()), 80))));
        return Output.columns(rows);
    }

    private static String created(Task task) {
        Long seconds = task.createdSeconds();
        return seconds == null ? Output.orDash(task.createdAt()) : TIME.format(Instant.ofEpochSecond(seconds));
    }
}
