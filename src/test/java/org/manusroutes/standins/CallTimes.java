package org.manusroutes.standins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts calls of the API as its limits do (docs/manus-api.md, Limits): sends, other writes, reads. */
final class CallTimes {
    private static final Map<String, Integer> LIMITS = Map.of("send", 10, "write", 40, "read", 100);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Map<String, List<Long>> times = new ConcurrentHashMap<>();

    /** Counts one; false when it is more than a minute may have. */
    boolean count(String call) {
        String kind = kind(call);
        List<Long> made = times.computeIfAbsent(kind, first -> new ArrayList<>());
        synchronized (made) {
            long now = System.nanoTime();
            made.add(now);
            return made.stream().filter(time -> now - time < MINUTE).count() <= LIMITS.getOrDefault(kind, 0);
        }
    }

    /** The most calls of a kind within any 60 seconds. */
    int mostInAMinute(String kind) {
        List<Long> made = times.getOrDefault(kind, List.of());
        synchronized (made) {
            int most = 0;
            int first = 0;
            for (int last = 0; last < made.size(); last++) {
                while (made.get(last) - made.get(first) >= MINUTE) {
                    first++;
                }
                most = Math.max(most, last - first + 1);
            }
            return most;
        }
    }

    private static String kind(String call) {
        if (call.startsWith("GET")) {
            return "read";
        }
        boolean sends =
                call.endsWith("/task.create") || call.endsWith("/task.sendMessage") || call.endsWith("/v1/tasks");
        return sends ? "send" : "write";
    }
}
