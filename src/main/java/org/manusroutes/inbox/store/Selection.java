package org.manusroutes.inbox.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stored events are meant: those that fit all that is given.
 *
 * @param keys event keys; empty for any
 * @param states {@code waiting}, {@code working}, {@code done}, {@code parked}; empty for any
 * @param type event type; null for any
 * @param task task id; null for any
 * @param since received then or later; null for any
 * @param until received before; null for any
 */
public record Selection(
        List<String> keys,
        List<String> states,
        @Nullable String type,
        @Nullable String task,
        @Nullable Instant since,
        @Nullable Instant until) {

    static final List<String> SETTLED = List.of("done", "parked");

    /** Of these, those that have ended, which alone can run again. */
    public Selection settled() {
        List<String> some = states.isEmpty()
                ? SETTLED
                : states.stream().filter(SETTLED::contains).toList();
        return new Selection(keys, some, type, task, since, until);
    }

    /** A condition on the table {@code event}, for the parameters below. */
    String where() {
        List<String> all = new ArrayList<>(List.of("1 = 1"));
        parameters()
                .keySet()
                .forEach(name -> all.add(
                        switch (name) {
                            case "keys" -> "event_key in (:keys)";
                            case "states" -> "state in (:states)";
                            case "type" -> "event_type = :type";
                            case "task" -> "task_id = :task";
                            case "since" -> "received_at >= :since";
                            default -> "received_at < :until";
                        }));
        return String.join(" and ", all);
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        if (!keys.isEmpty()) {
            parameters.put("keys", keys);
        }
        if (!states.isEmpty()) {
            parameters.put("states", states);
        }
        if (type != null) {
            parameters.put("type", type);
        }
        if (task != null) {
            parameters.put("task", task);
        }
        if (since != null) {
            parameters.put("since", since.atOffset(ZoneOffset.UTC));
        }
        if (until != null) {
            parameters.put("until", until.atOffset(ZoneOffset.UTC));
        }
        return parameters;
    }
}
