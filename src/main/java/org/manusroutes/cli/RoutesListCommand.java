package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.BundleDiff;
import org.manusroutes.bundle.live.BundleVersions.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The versions of the routes that ran. */
@Command(name = "list", description = "List the versions of the routes that ran, the last 50, the newest last.")
final class RoutesListCommand extends CommandBase implements Callable<Integer> {
    private final Clock clock;

    @Mixin
    private final Output output = new Output();

    RoutesListCommand(CommandSettings settings, Clock clock) {
        super(settings);
        this.clock = clock;
    }

    /** @param change {@code +new -gone ~changed} files; null for the oldest that is kept */
    private record Line(
            long number,
            Instant acceptedAt,
            String node,
            String hash,
            @Nullable String change) {}

    @Override
    public Integer call() throws JsonProcessingException {
        List<Line> lines = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("VERSION", "ACCEPTED", "NODE", "HASH", "CHANGE"));
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(clock.getZone());
        Bundle before = null;
        for (Version version : settings.versions().list()) {
            Bundle bundle = version.bundle();
            String change = before == null ? null : BundleDiff.summary(before, bundle);
            lines.add(new Line(version.number(), version.acceptedAt(), version.node(), bundle.hash(), change));
            rows.add(List.of(
                    String.valueOf(version.number()),
                    time.format(version.acceptedAt()),
                    version.node(),
                    bundle.shortHash(),
                    Objects.requireNonNullElse(change, "-")));
            before = bundle;
        }
        output.print(out(), lines, lines.isEmpty() ? "no version has run yet" : Output.columns(rows));
        if (lines.isEmpty()) {
            sayWhereItLooked();
        }
        return 0;
    }
}
