package org.manusroutes.cli;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.inbox.store.EventArchive;
import org.manusroutes.inbox.store.EventArchive.Entry;
import org.manusroutes.inbox.store.EventArchive.Steps;
import org.manusroutes.inbox.store.Selection;
import org.manusroutes.net.HostName;
import org.manusroutes.text.Excerpt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets events run again. */
@Command(
        name = "replay",
        description = {
            "Let events that are done or parked run again; without --yes it only says which.",
            "A running server takes them up within a second, a stopped one when it starts. What waits or runs is left"
                    + " alone. Files that have been copied are not copied again."
        })
final class EventReplayCommand extends CommandBase implements Callable<Integer> {
    private static final int SHOWN = 20;
    private static final int LONGEST_NAME = 100;

    private final Clock clock;

    @Parameters(paramLabel = "KEY", arity = "0..*", description = "event keys, as event list shows them")
    @Nullable
    private List<String> keys;

    @Mixin
    private final SelectionOptions which = new SelectionOptions();

    @Option(
            names = "--steps",
            paramLabel = "STEPS",
            defaultValue = "failed",
            description =
                    "failed: the steps that are not done yet; all: each again, alerts and mails too; default: failed")
    private Steps steps = Steps.FAILED;

    @Option(names = "--yes", description = "do it")
    private boolean yes;

    EventReplayCommand(CommandSettings settings, Clock clock) {
        super(settings);
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<String> named = Objects.requireNonNullElse(keys, List.of());
        if (named.isEmpty() && which.isEmpty()) {
            throw misuse("which events? Name their keys, or narrow them by --state, --type, --since");
        }
        EventArchive archive = settings.archive();
        checkThatEachCanRun(archive, named);
        Selection selection = which.with(named, clock).settled();
        long count = selection.states().isEmpty() ? 0 : archive.count(selection);
        if (count == 0) {
            out().println("no such event is done or parked");
            sayWhereItLooked();
            return 0;
        }
        String what = (count == 1 ? "1 event" : count + " events") + ", "
                + (steps == Steps.ALL ? "all steps" : "the steps that are not done yet");
        if (!yes) {
            out().println(EventListCommand.table(archive.list(selection, SHOWN), clock.getZone()));
            if (count > SHOWN) {
                out().println("and " + (count - SHOWN) + " more");
            }
            out().println();
            out().println("Would run again: " + what + ". Nothing has changed; --yes does it.");
            return 0;
        }
        out().println("Run again: " + archive.replay(selection, steps, operator()) + " of " + what);
        return 0;
    }

    private static void checkThatEachCanRun(EventArchive archive, List<String> keys) {
        for (String key : keys) {
            List<Entry> found = archive.list(new Selection(List.of(key), List.of(), null, null, null, null), 1);
            if (found.isEmpty()) {
                throw EventShowCommand.unknown(key);
            }
            String state = found.get(0).state();
            if (state.equals("waiting") || state.equals("working")) {
                throw new IllegalStateException(key + " is " + state
                        + ": it has not ended yet, and an event never runs twice at the same time");
            }
        }
    }

    /** Who does this, for the history: {@code user@host}. */
    private static String operator() {
        return Excerpt.of(System.getProperty("user.name", "unknown") + '@' + HostName.local(), LONGEST_NAME);
    }
}
