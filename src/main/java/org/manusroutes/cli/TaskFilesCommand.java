package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.attachments.LocalFiles;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.Messages;
import org.manusroutes.manus.Messages.AttachedFile;
import org.manusroutes.text.Untrusted;
import org.springframework.boot.context.properties.bind.Binder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files that a task has made. */
@Command(
        name = "files",
        description = "List the files of a task, the oldest first, with URLs that were signed now; save them."
                + " Ends with 1 when one could not be saved.")
final class TaskFilesCommand extends CommandBase implements Callable<Integer> {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 50;

    @Parameters(paramLabel = "ID")
    private String id = "";

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "save them there, by the rules of manus.attachments; nothing is overwritten")
    private @Nullable Path to;

    @Mixin
    private final Output output = new Output();

    TaskFilesCommand(CommandSettings settings) {
        super(settings);
    }

    /**
     * A file of a task.
     *
     * @param saved where it is now; null when it was not asked for, or could not be saved
     * @param problem why it could not be saved
     */
    record Line(
            String name,
            @Nullable String type,
            @Nullable String url,
            @Nullable String saved,
            @Nullable String problem) {}

    @Override
    public Integer call() throws IOException {
        List<AttachedFile> files = files(settings.api());
        List<Line> lines =
                to == null ? files.stream().map(file -> line(file, null, null)).toList() : saved(files, to);
        print(lines);
        return lines.stream().allMatch(line -> line.problem() == null) ? 0 : 1;
    }

    private List<AttachedFile> files(ManusApi api) {
        List<AttachedFile> files = new ArrayList<>();
        @Nullable String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Messages messages = api.newestMessages(id, PAGE, cursor);
            messages.messages().forEach(message -> {
                if (message.assistantMessage() != null) {
                    List<AttachedFile> attached =
                            new ArrayList<>(message.assistantMessage().attachments());
                    Collections.reverse(attached);
                    files.addAll(attached);
                }
            });
            cursor = messages.nextCursor();
            if (!messages.hasMore() || cursor == null) {
                break;
            }
        }
        Collections.reverse(files);
        return files;
    }

    private List<Line> saved(List<AttachedFile> files, Path folder) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (LocalFiles local = new LocalFiles(folder, Binder.get(settings.environment()))) {
            for (AttachedFile file : files) {
                try {
                    Path path = local.save(id, lines.size() + 1, name(file), file.url());
                    lines.add(line(file, path.toString(), null));
                } catch (PermanentFailure | IOException e) {
                    lines.add(line(file, null, ErrorLine.about(e)));
                }
            }
        }
        return lines;
    }

    private void print(List<Line> lines) throws JsonProcessingException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "TYPE", to == null ? "URL" : "SAVED"));
        lines.forEach(line -> rows.add(List.of(line.name(), Output.orDash(line.type()), last(line))));
        output.print(out(), lines, lines.isEmpty() ? "no files" : Output.columns(rows));
    }

    private String last(Line line) {
        if (to == null) {
            return Output.orDash(line.url());
        }
        return line.problem() == null ? Output.orDash(line.saved()) : "not saved: " + line.problem();
    }

    /** Names, types and URLs are the agent's: one line each. */
    private static Line line(AttachedFile file, @Nullable String saved, @Nullable String problem) {
        String type = Untrusted.line(file.contentType());
        String url = Untrusted.line(file.url());
        return new Line(
                Untrusted.line(name(file)), type.isEmpty() ? null : type, url.isEmpty() ? null : url, saved, problem);
    }

    private static String name(AttachedFile file) {
        return file.filename() == null ? "" : file.filename();
    }
}
