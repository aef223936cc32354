package org.manusroutes.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What every part works with. */
record Lab(
        Options options,
        Report report,
        Postgres postgres,
        Servers servers,
        Optional<Servers> before,
        Requests requests) {
    /** The distributions that take turns, with what they are called in the tables; the one of before first. */
    Map<String, Servers> distributions() {
        Map<String, Servers> all = new LinkedHashMap<>();
        before.ifPresent(servers -> all.put("before", servers));
        all.put("ours", servers);
        return all;
    }
}
