package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.CreatedTask;
import org.manusroutes.manus.FileUploads;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.NewTask;
import org.manusroutes.manus.UploadedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tasks, for trying things out. */
@Command(name = "task", description = "Create a task and watch it; list tasks, show one, its files; stop one.")
final class TaskCommand extends CommandBase {
    private static final JsonMapper STRICT_JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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
            @Option(
                            names = "--structured-output-schema",
                            paramLabel = "FILE",
                            description = "JSON schema of the output that the task is to have")
                    @Nullable
                    Path schema,
            @Option(names = "--file", paramLabel = "FILE", description = "for the task to work with; more than once")
                    @Nullable
                    List<Path> files,
            @Option(names = "--watch", description = "say what it does until it stops or asks") boolean watch,
            @Option(names = "--timeout", defaultValue = "30m", description = "of --watch; default: ${DEFAULT-VALUE}")
                    Duration timeout,
            @Option(names = "--interval", defaultValue = "5s", description = "of --watch; default: ${DEFAULT-VALUE}")
                    Duration interval,
            @Mixin Output output)
            throws IOException, InterruptedException {
        if (interval.isNegative() || interval.isZero() || timeout.isNegative()) {
            throw misuse("--interval and --timeout: write times, 5s or 30m for example");
        }
        ManusApi api = settings.api();
        @Nullable JsonNode outputSchema = schema == null ? null : schema(schema);
        List<UploadedFile> uploaded = new ArrayList<>();
        for (Path file : files == null ? List.<Path>of() : files) {
            uploaded.add(new FileUploads(api).upload(file));
        }
        CreatedTask created = api.createTask(new NewTask(prompt, title, project, profile, outputSchema, uploaded));
        if (!watch) {
            output.print(out(), created, "created task " + created.taskId() + line(created.taskUrl()));
            return 0;
        }
        // with --format json standard output holds one document, the result
        PrintWriter progress = output.isJson() ? err() : out();
        progress.println("created task " + created.taskId() + line(created.taskUrl()));
        TaskReport report = new TaskWatch(
                        api, progress, clock, new Spinner(progress, !output.isJson() && Spinner.hasTerminal()))
                .untilItStops(created.taskId(), interval, timeout);
        output.print(out(), report, report.text());
        return report.task().status().equals("error") ? 1 : 0;
    }

    @Command(description = "Show a task: its status, its last message, its files.")
    void show(@Parameters(paramLabel = "ID") String id, @Mixin Output output) throws JsonProcessingException {
        TaskReport report = TaskReport.of(settings.api(), id);
        output.print(out(), report, report.text());
    }

    /** @throws IllegalArgumentException when it is no JSON object, before anything is sent */
    private static JsonNode schema(Path file) throws IOException {
        JsonNode schema;
        try {
            schema = STRICT_JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + ": this is no JSON: "
                            + e.getOriginalMessage().replaceFirst("(?s) \\(start marker.*", ""),
                    e);
        }
        if (!schema.isObject()) {
            throw new IllegalArgumentException(
                    file + ": a JSON schema is an object, {\"type\": \"object\", ...} for example");
        }
        return schema;
    }

    private static String line(@Nullable String url) {
        return url == null ? "" : System.lineSeparator() + url;
    }
}
