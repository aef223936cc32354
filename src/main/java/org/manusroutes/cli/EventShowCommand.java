package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.manusroutes.event.EventBody;
import org.manusroutes.inbox.store.EventArchive;
import org.manusroutes.inbox.store.EventArchive.Attempt;
import org.manusroutes.inbox.store.EventArchive.Entry;
import org.manusroutes.inbox.store.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One event with its history. */
@Command(name = "show", description = "Show a stored event: its state, its attempts, the steps that are done.")
final class EventShowCommand extends CommandBase implements Callable<Integer> {
    private final Clock clock;

    @Parameters(paramLabel = "KEY", description = "event key, as event list shows it")
    private String key = "";

    @Option(names = "--body", description = "print the event as it was received, and nothing else")
    private boolean body;

    @Mixin
    private final Output output = new Output();

    EventShowCommand(CommandSettings settings, Clock clock) {
        super(settings);
        this.clock = clock;
    }

    /** @param event without its body */
    record Shown(Entry event, List<Attempt> attempts, List<String> stepsDone) {}

    @Override
    public Integer call() throws JsonProcessingException {
        EventArchive archive = settings.archive();
        if (body) {
            out().println(EventBody.text(archive.body(key).orElseThrow(() -> unknown(key))));
            return 0;
        }
        List<Entry> found = archive.list(new Selection(List.of(key), List.of(), null, null, null, null), 1);
        if (found.isEmpty()) {
            throw unknown(key);
        }
        Shown shown = new Shown(found.get(0), archive.attempts(key), archive.stepsDone(key));
        output.print(out(), shown, text(shown));
        return 0;
    }

    static IllegalArgumentException unknown(String key) {
        return new IllegalArgumentException("no event has the key " + key + ": see event list");
    }

    private String text(Shown shown) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ATTEMPT", "STARTED", "ENDED", "OUTCOME", "NODE", "ROUTES", "ERROR"));
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(clock.getZone());
        for (Attempt attempt : shown.attempts()) {
            rows.add(List.of(
                    String.valueOf(attempt.attempt()),
                    time.format(attempt.startedAt()),
                    time.format(attempt.endedAt()),
                    attempt.outcome(),
                    attempt.node(),
                    attempt.bundleVersion() == null ? "-" : "version " + attempt.bundleVersion(),
                    Output.orDash(attempt.error())));
        }
        Entry event = shown.event();
        return String.join(
                System.lineSeparator(),
                EventListCommand.table(List.of(event), clock.getZone()),
                "task        " + Output.orDash(event.taskId()),
                "due         " + (event.dueAt() == null ? "-" : time.format(event.dueAt())),
                "last error  " + Output.orDash(event.lastError()),
                "steps done  " + (shown.stepsDone().isEmpty() ? "-" : String.join(", ", shown.stepsDone())),
                "",
                rows.size() == 1 ? "no attempt has ended yet" : Output.columns(rows));
    }
}
