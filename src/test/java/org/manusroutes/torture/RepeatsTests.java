package org.manusroutes.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is counted as a repeat with a cause; all of a test happens within the time that a message and a cause may be
 * apart.
 */
class RepeatsTests {
    private final Effects effects = new Effects();
    private final Incidents incidents = new Incidents();
    private final Findings findings = new Findings();
    private final List<SentEvent> events = new ArrayList<>();

    @Test
    void areExcusedByAnyOfTheCausesWhereSeveralHappenAtTheSameTime() {
        take(3, true);
        incidents.begin("large", 2).close();
        incidents.begin("small", 1).close();
        take(3, true);
        assertThat(inspect().byCause()).isEqualTo(Map.of("large", 2, "small", 1));
        assertThat(findings.lines()).isEmpty();
    }

    @Test
    void leaveACauseToTheOneThatHasNoOther() {
        take(2, true);
        incidents.begin("first", 1).close();
        effects.take(Effects.mark(1), true);
        incidents.begin("second", 1).close();
        effects.take(Effects.mark(0), true);
        assertThat(inspect().byCause()).isEqualTo(Map.of("first", 1, "second", 1));
        assertThat(findings.lines()).isEmpty();
    }

    @Test
    void areAFindingWhenThereAreMoreThanTheCausesExplain() {
        take(3, true);
        incidents.begin("small", 1).close();
        incidents.begin("small", 1).close();
        incidents.begin("harmless", 0).close();
        take(3, true);
        assertThat(inspect().count()).isEqualTo(2);
        assertThat(findings.lines()).singleElement().asString().contains("mail repeated without a cause", "small");
    }

    @Test
    void needNoCauseWhereTheReceiverHungUp() {
        take(2, false);
        take(2, true);
        assertThat(inspect().count()).isEqualTo(2);
        assertThat(findings.lines()).isEmpty();
    }

    private void take(int count, boolean told) {
        for (int number = 0; number < count; number++) {
            effects.take(Effects.mark(number), told);
        }
        while (events.size() < count) {
            events.add(new SentEvent(events.size(), "task_stopped", "ask", "task", 0, List.of()));
        }
    }

    private Repeats inspect() {
        return Repeats.inspect("mail", effects, List.of(events), incidents, findings);
    }
}
