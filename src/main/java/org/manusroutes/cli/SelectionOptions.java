package org.manusroutes.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.manusroutes.inbox.store.Selection;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Option;

/** The options that say which stored events are meant. */
final class SelectionOptions {
    enum State {
        WAITING,
        WORKING,
        DONE,
        PARKED
    }

    @Option(names = "--state", paramLabel = "STATE", split = ",", description = "waiting, working, done, parked")
    @Nullable
    List<State> states;

    @Option(names = "--type", paramLabel = "TYPE", description = "event type, for example task_stopped")
    @Nullable
    String type;

    @Option(names = "--task", paramLabel = "ID", description = "task id")
    @Nullable
    String task;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "received then or later: 2h ago (2h, 30m, 7d), 2026-11-24 or 2026-11-24T09:30Z")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "received before; written like --since")
    @Nullable
    String until;

    boolean isEmpty() {
        return states == null && type == null && task == null && since == null && until == null;
    }

    Selection with(List<String> keys, Clock clock) {
        List<String> names = Objects.requireNonNullElse(states, List.<State>of()).stream()
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .toList();
        return new Selection(keys, names, type, task, time("--since", since, clock), time("--until", until, clock));
    }

    /** A time as people write it; null for null. */
    static @Nullable Instant time(String option, @Nullable String text, Clock clock) {
        if (text == null) {
            return null;
        }
        ZoneId zone = clock.getZone();
        try {
            if (text.matches("\\d+[a-z]+")) {
                return clock.instant().minus(DurationStyle.SIMPLE.parse(text));
            }
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    option + ": '" + text + "' is no time: write 2h, 2026-11-24 or 2026-11-24T09:30Z", e);
        }
    }
}
