package org.manusroutes.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIdsTests {
    @ParameterizedTest
    @CsvSource({
        "task_stopped_EFyyM466LvHRFtJRHvhHBN_1763506696, EFyyM466LvHRFtJRHvhHBN, 1763506696",
        "task_stopped_task_abc123, task_abc123, ",
        "task_failed/abc/1763506696, abc, 1763506696",
        "task_failed/abc/0, abc, ",
        "task_stopped_task_1763506696, task_1763506696, ",
        "task_created_abc_1763506696, other, ",
        "test_event_123, test_task, ",
        "_1763506696, abc, ",
        "1763506696, abc, ",
    })
    void readsTheSecondOfEmission(String eventId, String taskId, Long expected) {
        assertThat(EventIds.emittedAt(eventId, taskId)).isEqualTo(expected);
    }
}
