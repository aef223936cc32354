package org.manusroutes.standins;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task of the simulator waits for.
 *
 * @param kind {@code waiting_for_event_type}
 * @param options of a question; empty for none
 * @param schema {@code confirm_input_schema}; null for none
 */
public record Waiting(
        String kind,
        String question,
        List<String> options,
        boolean several,
        @Nullable Map<String, Object> schema) {
    public static Waiting words(String question, String... options) {
        return new Waiting("messageAskUser", question, List.of(options), false, null);
    }

    public static Waiting decision(String kind, String question, Map<String, Object> schema) {
        return new Waiting(kind, question, List.of(), false, schema);
    }

    Map<String, Object> said() {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("content", question);
        said.put("attachments", List.of());
        if (!options.isEmpty()) {
            said.put(
                    "question_expectation",
                    Map.of(
                            "options",
                            options,
                            "selection_mode",
                            several ? "multiple" : "single",
                            "response_method",
                            "send_message"));
        }
        return said;
    }

    Map<String, Object> status(String eventId) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("waiting_for_event_id", eventId);
        detail.put("waiting_for_event_type", kind);
        detail.put("waiting_description", question);
        if (schema != null) {
            detail.put("confirm_input_schema", schema);
        }
        return Map.of(
                "agent_status",
                "waiting",
                "brief",
                "Waiting for an answer",
                "description",
                question,
                "status_detail",
                detail);
    }
}
