package org.manusroutes.torture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.manusroutes.torture.Effects.Taken;
import org.manusroutes.torture.Incidents.Incident;

/** Messages that a receiver took more than once, and what excuses each. */
final class Repeats {
    private final String receiver;
    private final Incidents incidents;
    private final Findings findings;
    private final Map<Incident, List<Repeat>> excused = new HashMap<>();
    private int taken;
    private int hungUp;

    private Repeats(String receiver, Incidents incidents, Findings findings) {
        this.receiver = receiver;
        this.incidents = incidents;
        this.findings = findings;
    }

    /** @param causes incidents of which each could have made the message come again */
    private record Repeat(SentEvent event, Taken before, Taken again, List<Incident> causes) {}

    /**
     * Each event that tells people has arrived; and again only where the receiver hung up after taking it, or something
     * was done to the node or the database before the ledger could know.
     */
    static Repeats inspect(
            String receiver,
            Effects effects,
            Collection<List<SentEvent>> accepted,
            Incidents incidents,
            Findings findings) {
        Repeats repeats = new Repeats(receiver, incidents, findings);
        findings.lookFor(receiver + " missing");
        findings.lookFor(receiver + " repeated without a cause");
        accepted.stream()
                .flatMap(List::stream)
                .filter(SentEvent::tellsPeople)
                .forEach(event -> repeats.inspect(event, effects.of(event.mark())));
        effects.of("").forEach(alert -> findings.add(receiver + " missing", "a message of no event of ours"));
        return repeats;
    }

    private void inspect(SentEvent event, List<Taken> messages) {
        taken += messages.size();
        if (messages.isEmpty()) {
            findings.add(receiver + " missing", event.toString());
        }
        for (int i = 1; i < messages.size(); i++) {
            Taken before = messages.get(i - 1);
            Taken again = messages.get(i);
            if (!before.told()) {
                hungUp++;
                continue;
            }
            Repeat repeat = new Repeat(event, before, again, incidents.between(before.nanos(), again.nanos()));
            if (!excuse(repeat, new HashSet<>())) {
                findings.add(
                        receiver + " repeated without a cause",
                        (again.nanos() - before.nanos()) / 1_000_000 + " ms later: " + event + "; "
                                + incidents.around(before.nanos()));
            }
        }
    }

    /**
     * Finds an incident that is still good for one more, be it by giving a repeat that it excuses to another: where
     * several happen at the same time nobody knows which it was, but together they explain only so many.
     */
    private boolean excuse(Repeat repeat, Set<Incident> tried) {
        for (Incident cause : repeat.causes()) {
            if (!tried.add(cause)) {
                continue;
            }
            List<Repeat> others = excused.computeIfAbsent(cause, first -> new ArrayList<>());
            if (others.size() < cause.mayRepeat || others.removeIf(other -> excuse(other, tried))) {
                others.add(repeat);
                return true;
            }
        }
        return false;
    }

    int taken() {
        return taken;
    }

    Map<String, Integer> byCause() {
        Map<String, Integer> byCause = new TreeMap<>();
        byCause.put(receiver + " hung up after taking", hungUp);
        excused.forEach((incident, repeats) -> byCause.merge(incident.kind, repeats.size(), Integer::sum));
        byCause.values().removeIf(count -> count == 0);
        return byCause;
    }

    int count() {
        return byCause().values().stream().mapToInt(Integer::intValue).sum();
    }
}
