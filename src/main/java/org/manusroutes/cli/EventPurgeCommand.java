package org.manusroutes.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.inbox.store.EventArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Forgets old events now. */
@Command(
        name = "purge",
        description = {
            "Forget events that were done long ago, as the server does each hour; without --yes it only says how many.",
            "Parked, waiting and working events stay, and so do tasks and copied files."
        })
final class EventPurgeCommand implements Callable<Integer> {
    private final CommandSettings settings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs a command
    private CommandSpec spec;

    @Option(names = "--older-than", paramLabel = "TIME", description = "30d for one; default: manus.inbox.keep")
    @Nullable
    private Duration olderThan;

    @Option(names = "--yes", description = "do it")
    private boolean yes;

    EventPurgeCommand(CommandSettings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Duration keep = olderThan == null ? settings.keep() : olderThan;
        EventArchive archive = settings.archive();
        PrintWriter out = spec.commandLine().getOut();
        if (!yes) {
            out.println(archive.countOld(keep) + " events were done more than " + text(keep)
                    + " ago. Nothing has changed; --yes forgets them.");
            return 0;
        }
        long total = 0;
        int batch;
        do {
            batch = archive.purgeBatch(keep);
            total += batch;
        } while (batch > 0);
        out.println("forgot " + total + " events that were done more than " + text(keep) + " ago");
        return 0;
    }

    private static String text(Duration keep) {
        if (keep.toDays() > 0 && keep.equals(Duration.ofDays(keep.toDays()))) {
            return keep.toDays() + " d";
        }
        return keep.toSeconds() + " s";
    }
}
