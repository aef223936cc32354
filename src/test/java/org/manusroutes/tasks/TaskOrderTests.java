package org.manusroutes.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskOrderTests {
    private static final Instant RECEIVED = Instant.ofEpochSecond(1_763_506_700);
    private final TaskOrder order = new TaskOrder();

    @Test
    void ordersByEmissionAndFallsBackToArrival() {
        assertThat(parameters("task_stopped_abc_1763506696", "task_stopped", "finish"))
                .containsEntry("seconds", 1_763_506_696L);
        assertThat(parameters("task_stopped_abc", "task_stopped", "finish")).containsEntry("seconds", 1_763_506_700L);
    }

    @Test
    void mapsTypeAndReasonToTheState() {
        assertThat(parameters("e", "task_created", null)).containsEntry("status", "running");
        assertThat(parameters("e", "task_progress", null)).containsEntry("status", "running");
        assertThat(parameters("e", "task_stopped", "finish")).containsEntry("status", "finished");
        assertThat(parameters("e", "task_stopped", "ask")).containsEntry("status", "waiting");
        assertThat(parameters("e", "task_stopped", "paused")).containsEntry("status", null);
        assertThat(parameters("e", "task_paused", null)).containsEntry("status", null);
        assertThat(parameters("task_failed/abc/1763506696", "task_failed", null))
                .containsEntry("status", "error")
                .containsEntry("stopped", true)
                .containsEntry("seconds", 1_763_506_696L);
    }

    @Test
    void putsAStopAfterProgressOfTheSameSecond() {
        int stopped = (int) parameters("e", "task_stopped", "finish").get("rank");
        assertThat((int) parameters("e", "task_progress", null).get("rank")).isLessThan(stopped);
    }

    @Test
    void letsOnlyProgressThatSaysWhenItWasMadeReopenATask() {
        assertThat(parameters("task_progress_abc", "task_progress", null)).containsEntry("reopens", false);
        assertThat(parameters("task_progress_abc_1763506696", "task_progress", null))
                .containsEntry("reopens", true);
        assertThat(parameters("task_created_abc", "task_created", null)).containsEntry("reopens", true);
    }

    @Test
    void keepsStructuredOutputAsJsonAndDropsWhatPostgresqlCannotStore() {
        Map<String, Object> event = new HashMap<>();
        event.put("task_detail", Map.of("message", "a\0b", "structured_output", Map.of("success", true)));
        Map<String, Object> parameters = order.parameters(event, "e", "task_stopped", "abc", "finish", RECEIVED, 1);
        assertThat(parameters).containsEntry("message", "ab").containsEntry("structuredOutput", "{\"success\":true}");
    }

    private Map<String, Object> parameters(String eventId, String type, String reason) {
        return order.parameters(Map.of(), eventId, type, "abc", reason, RECEIVED, 1);
    }
}
