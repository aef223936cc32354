package org.manusroutes.answers.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manusroutes.answers.AnswerForm;
import org.manusroutes.answers.Question;
import org.manusroutes.text.FormBody;

/** What Slack says about a button or a form; what is missing is an empty text. */
record SlackPayload(JsonNode json) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * Out of the body of a request.
     *
     * @throws IllegalArgumentException without a payload
     */
    static SlackPayload read(byte[] form) throws JsonProcessingException {
        String payload = new FormBody(form).first("payload");
        if (payload.isEmpty()) {
            throw new IllegalArgumentException("no payload");
        }
        return new SlackPayload(MAPPER.readTree(payload));
    }

    String type() {
        return json.path("type").asText();
    }

    /** Name of whoever it was. */
    String who() {
        JsonNode user = json.path("user");
        for (String name : List.of("username", "name", "id")) {
            if (!user.path(name).asText().isBlank()) {
                return user.path(name).asText();
            }
        }
        return "somebody on Slack";
    }

    String block() {
        return json.path("actions").path(0).path("block_id").asText();
    }

    String action() {
        return json.path("actions").path(0).path("action_id").asText();
    }

    String triggerId() {
        return json.path("trigger_id").asText();
    }

    String responseUrl() {
        return json.path("response_url").asText();
    }

    String privateMetadata() {
        return json.path("view").path("private_metadata").asText();
    }

    String callbackId() {
        return json.path("view").path("callback_id").asText();
    }

    private JsonNode values() {
        return json.path("view").path("state").path("values");
    }

    /** The ids of what could be filled in. */
    List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        values().fieldNames().forEachRemaining(blocks::add);
        return blocks;
    }

    /** What was typed or chosen in a block. */
    Optional<String> value(String id) {
        JsonNode element = values().path(id).path(id);
        String typed = element.path("value").asText("");
        String selected = element.path("selected_option").path("value").asText("");
        return Optional.of(typed.isEmpty() ? selected : typed).filter(value -> !value.isBlank());
    }

    /** The options of the question that were chosen. */
    List<String> chosen(Question question) {
        List<String> chosen = new ArrayList<>();
        values().path(AnswerModal.OPTIONS)
                .path(AnswerModal.OPTIONS)
                .path("selected_options")
                .forEach(selected -> chosen.add(
                        option(question.options(), selected.path("value").asText())));
        value(AnswerModal.OPTIONS).ifPresent(place -> chosen.add(option(question.options(), place)));
        return chosen;
    }

    /** What was filled in, by the names of the fields. */
    Map<String, String> fields(AnswerForm form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (AnswerForm.Field field : form.fields()) {
            value(AnswerModal.FIELD + field.name())
                    .ifPresent(value -> fields.put(
                            field.name(),
                            switch (field.type()) {
                                case CHOICE -> option(field.options(), value);
                                case YES_NO -> option(AnswerModal.YES_NO, value);
                                case TEXT, NUMBER, INTEGER -> value;
                            }));
        }
        return fields;
    }

    /**
     * What is chosen comes by its place.
     *
     * @throws IllegalArgumentException when there is no such option
     */
    static String option(List<String> options, String place) {
        if (!place.matches("\\d{1,3}") || Integer.parseInt(place) >= options.size()) {
            throw new IllegalArgumentException("there is no option " + place);
        }
        return options.get(Integer.parseInt(place));
    }
}
