package org.manusroutes.testrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTests {
    private static final List<TaskOutcome.Event> FOUR_DONE = List.of(
            new TaskOutcome.Event("a", "done", ""),
            new TaskOutcome.Event("b", "done", ""),
            new TaskOutcome.Event("c", "done", ""),
            new TaskOutcome.Event("d", "done", ""));

    @Test
    void alignsWhatHappenedAndWhereToLook() {
        var files = List.of(
                new TaskOutcome.File("Revenue Q3.pdf", 12345, "s3://manus/a/01-Revenue-Q3.pdf"),
                new TaskOutcome.File("q3.csv", 98, "s3://manus/a/02-q3.csv"));
        Map<String, String> places = new LinkedHashMap<>();
        places.put("health", "http://127.0.0.1:8080/actuator/health");
        places.put("log", "target/test-run/application.log");

        String summary = Summary.of(
                List.of(new TaskOutcome(
                        "EFyy",
                        "Quarterly revenue",
                        FOUR_DONE,
                        "finished",
                        "{\"total\":7}",
                        files,
                        List.of("#ai-tasks  Task finished"),
                        List.of("Finished", "Again"))),
                places,
                Map.of("again", "curl http://127.0.0.1:8080"));

        assertThat(summary.lines())
                .containsExactly(
                        "",
                        "  Quarterly revenue",
                        "    task    EFyy",
                        "    events  4 done",
                        "    row     finished",
                        "    output  {\"total\":7}",
                        "    files   Revenue Q3.pdf  12.3 kB  s3://manus/a/01-Revenue-Q3.pdf",
                        "            q3.csv             98 B  s3://manus/a/02-q3.csv",
                        "    Slack   #ai-tasks  Task finished",
                        "    mail    Finished",
                        "            Again",
                        "",
                        "  Where to look",
                        "    health  http://127.0.0.1:8080/actuator/health",
                        "    log     target/test-run/application.log",
                        "",
                        "  Try",
                        "    again  curl http://127.0.0.1:8080");
    }

    @Test
    void saysWhatIsMissing() {
        var waiting = new TaskOutcome.Event("task_stopped_EFyy_1", "waiting", "connection refused");
        var outcome =
                new TaskOutcome("EFyy", "Quarterly revenue", List.of(waiting), "", "", List.of(), List.of(), List.of());

        assertThat(outcome.isComplete()).isFalse();
        assertThat(outcome.missing())
                .containsExactly(
                        "Quarterly revenue: 3 events have not been stored",
                        "task_stopped_EFyy_1 is waiting: connection refused");
        assertThat(Summary.of(List.of(outcome), Map.of(), Map.of()))
                .contains("events  0 of 4 done", "row     none", "files   -", "Slack   -");
    }
}
