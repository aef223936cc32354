package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.manusroutes.inbox.store.EventArchive;
import org.manusroutes.inbox.store.EventArchive.Entry;
import org.manusroutes.inbox.store.Selection;
import org.manusroutes.text.Excerpt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is in the inbox. */
@Command(name = "list", description = "List stored events, the oldest first; the server may run or not.")
final class EventListCommand extends CommandBase implements Callable<Integer> {
    private static final int LONGEST_ERROR = 80;

    private final Clock clock;

    @Mixin
    private final SelectionOptions which = new SelectionOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "at most; default: 50")
    private int limit = 50;

    @Mixin
    private final Output output = new Output();

    EventListCommand(CommandSettings settings, Clock clock) {
        super(settings);
        this.clock = clock;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        positive("--limit", limit);
        EventArchive archive = settings.archive();
        Selection selection = which.with(List.of(), clock);
        List<Entry> entries = archive.list(selection, limit);
        String text = entries.isEmpty() ? "no such events" : table(entries, clock.getZone());
        if (entries.size() == limit && !output.isJson()) {
            text += System.lineSeparator() + "(of " + archive.count(selection) + ": see --limit)";
        }
        output.print(out(), entries, text);
        if (entries.isEmpty()) {
            sayWhereItLooked();
        }
        return 0;
    }

    static String table(List<Entry> entries, ZoneId zone) {
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("RECEIVED", "STATE", "ATTEMPT", "TYPE", "REASON", "KEY", "ERROR"));
        entries.forEach(entry -> rows.add(List.of(
                time.format(entry.receivedAt()),
                entry.state(),
                String.valueOf(entry.attempt()),
                entry.eventType(),
                Output.orDash(entry.stopReason()),
                entry.eventKey(),
                Excerpt.of(Output.orDash(entry.lastError()).replaceAll("\\s+", " "), LONGEST_ERROR))));
        return Output.columns(rows);
    }
}
