package org.manusroutes.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.inbox.store.EventArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Forgets old events now. */
@Command(
        name = "purge",
        description = {
            "Forget events that were done long ago, as the server does each hour; without --yes it only says how many.",
            "Parked, waiting and working events stay, and so do tasks and copied files."
        })
final class EventPurgeCommand extends CommandBase implements Callable<Integer> {
    @Option(names = "--older-than", paramLabel = "TIME", description = "30d for example; default: manus.inbox.keep")
    @Nullable
    private Duration olderThan;

    @Option(names = "--yes", description = "do it")
    private boolean yes;

    EventPurgeCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() {
        Duration keep = olderThan == null ? settings.keep() : olderThan;
        if (keep.isNegative() || keep.isZero()) {
            throw misuse("--older-than " + text(keep) + ": write a time, 30d for example");
        }
        EventArchive archive = settings.archive();
        if (!yes) {
            long old = archive.countOld(keep);
            out().println(old + " events were done more than " + text(keep)
                    + " ago. Nothing has changed; --yes forgets them.");
            if (old == 0) {
                sayWhereItLooked();
            }
            return 0;
        }
        long total = 0;
        int batch;
        do {
            batch = archive.purgeBatch(keep);
            total += batch;
        } while (batch > 0);
        out().println("forgot " + total + " events that were done more than " + text(keep) + " ago");
        if (total == 0) {
            sayWhereItLooked();
        }
        return 0;
    }

    private static String text(Duration keep) {
        if (keep.toDays() > 0 && keep.equals(Duration.ofDays(keep.toDays()))) {
            return keep.toDays() + " d";
        }
        return keep.toSeconds() + " s";
    }
}
