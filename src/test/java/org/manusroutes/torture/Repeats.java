package org.manusroutes.torture;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.manusroutes.torture.Effects.Taken;
import org.manusroutes.torture.Incidents.Incident;

/** Messages that a receiver took more than once, and what excuses each. */
final class Repeats {
    private final String receiver;
    private final Map<String, Integer> byCause = new TreeMap<>();
    private int taken;

    private Repeats(String receiver) {
        this.receiver = receiver;
    }

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
        Repeats repeats = new Repeats(receiver);
        Map<Incident, Integer> byIncident = new HashMap<>();
        findings.lookFor(receiver + " missing");
        findings.lookFor(receiver + " repeated without a cause");
        accepted.stream()
                .flatMap(List::stream)
                .filter(SentEvent::tellsPeople)
                .forEach(event -> repeats.inspect(event, effects.of(event.mark()), incidents, byIncident, findings));
        byIncident.forEach((incident, count) -> {
            if (count > incident.mayRepeat) {
                findings.add(
                        receiver + " repeated without a cause",
                        count + " after one " + incident.kind + ", which can repeat " + incident.mayRepeat);
            }
        });
        effects.of("").forEach(alert -> findings.add(receiver + " missing", "a message of no event of ours"));
        return repeats;
    }

    private void inspect(
            SentEvent event,
            List<Taken> messages,
            Incidents incidents,
            Map<Incident, Integer> byIncident,
            Findings findings) {
        taken += messages.size();
        if (messages.isEmpty()) {
            findings.add(receiver + " missing", event.toString());
        }
        for (int i = 1; i < messages.size(); i++) {
            Taken before = messages.get(i - 1);
            Optional<Incident> cause = before.told()
                    ? incidents.after(before.nanos(), messages.get(i).nanos())
                    : Optional.empty();
            if (!before.told()) {
                byCause.merge(receiver + " hung up after taking", 1, Integer::sum);
            } else if (cause.isPresent()) {
                byCause.merge(cause.get().kind, 1, Integer::sum);
                byIncident.merge(cause.get(), 1, Integer::sum);
            } else {
                long later = (messages.get(i).nanos() - before.nanos()) / 1_000_000;
                findings.add(
                        receiver + " repeated without a cause",
                        later + " ms later: " + event + "; " + incidents.around(before.nanos()));
            }
        }
    }

    int taken() {
        return taken;
    }

    Map<String, Integer> byCause() {
        return byCause;
    }

    int count() {
        return byCause.values().stream().mapToInt(Integer::intValue).sum();
    }
}
