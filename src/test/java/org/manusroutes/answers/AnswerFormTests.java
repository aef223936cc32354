package org.manusroutes.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.answers.AnswerForm.Field;
import org.manusroutes.answers.AnswerForm.InvalidAnswer;
import org.manusroutes.answers.AnswerForm.Type;

class AnswerFormTests {
    private static final String MAIL = """
            {"type": "object", "required": ["accept", "subject", "copies"], "properties": {
              "accept": {"type": "boolean"},
              "subject": {"type": "string", "title": "Subject of the mail"},
              "copies": {"type": "integer"},
              "price": {"type": ["number", "null"]},
              "tone": {"type": "string", "enum": ["formal", "friendly"]},
              "urgent": {"type": "boolean"},
              "api_key": {"type": "string"},
              "sender": {"type": "object", "title": "Sender", "properties": {"name": {"type": "string"}}},
              "extras": {"type": "array"}}}
            """;

    private static AnswerForm form(String schema) throws JsonProcessingException {
        return AnswerForm.of(new JsonMapper().readTree(schema));
    }

    @Test
    void showsTextsNumbersYesAndNoChoicesAndObjectsOneLevelDown() throws Exception {
        AnswerForm form = form(MAIL);

        assertThat(form.decides()).isTrue();
        assertThat(form.whole()).isTrue();
        assertThat(form.fields())
                .extracting(Field::name, Field::label, Field::type, Field::required, Field::secret)
                .containsExactly(
                        tuple("subject", "Subject of the mail", Type.TEXT, true, false),
                        tuple("copies", "copies", Type.INTEGER, true, false),
                        tuple("price", "price", Type.NUMBER, false, false),
                        tuple("tone", "tone", Type.CHOICE, false, false),
                        tuple("urgent", "urgent", Type.YES_NO, false, false),
                        tuple("api_key", "api_key", Type.TEXT, false, true),
                        tuple("sender.name", "Sender: name", Type.TEXT, false, false));
    }

    @Test
    void makesTheInputOfItsTypes() throws Exception {
        Map<String, Object> input = form(MAIL)
                .input(
                        true,
                        Map.of(
                                "subject",
                                " Hi ",
                                "copies",
                                "2",
                                "price",
                                "1204.50",
                                "tone",
                                "formal",
                                "urgent",
                                "no",
                                "sender.name",
                                "Anna"));

        assertThat(input)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "accept",
                        true,
                        "subject",
                        "Hi",
                        "copies",
                        2L,
                        "price",
                        new BigDecimal("1204.50"),
                        "tone",
                        "formal",
                        "urgent",
                        false,
                        "sender",
                        Map.of("name", "Anna")));
    }

    @Test
    void needsNothingOfWhoDeclines() throws Exception {
        assertThat(form(MAIL).input(false, Map.of())).isEqualTo(Map.of("accept", false));
    }

    @ParameterizedTest
    @CsvSource({
        "copies,      two,      is a whole number",
        "copies,      1.5,      is a whole number",
        "copies,      99999999999999999999, is a whole number",
        "price,       1e999999999, is a number",
        "tone,        rude,     'is one of formal, friendly'",
        "urgent,      perhaps,  is true or false",
        "nobody,      x,        is not asked for"
    })
    void saysWhatDoesNotFit(String name, String typed, String fault) throws Exception {
        AnswerForm form = form(MAIL);
        Map<String, String> values = new HashMap<>(Map.of("subject", "s", "copies", "1"));
        values.put(name, typed);

        assertThatExceptionOfType(InvalidAnswer.class)
                .isThrownBy(() -> form.input(true, values))
                .satisfies(invalid -> assertThat(invalid.faults()).isEqualTo(Map.of(name, fault)));
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        AnswerForm form = form(MAIL);
        assertThatExceptionOfType(InvalidAnswer.class)
                .isThrownBy(() -> form.input(true, Map.of("copies", "1")))
                .withMessage("subject: is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'required': ['list'], 'properties': {'list': {'type': 'array'}}}",
                "{'required': ['gone'], 'properties': {'a': {'type': 'string'}}}",
                "{'required': ['gone']}",
                "{'required': ['a'], 'properties': {'a': {'$ref': '#/x'}}}",
                "{'required': ['a'], 'properties': {'a': {'enum': [1, 2]}}}",
                "{'required': ['a'], 'properties': {'a': {'type': 'object', 'required': ['b'], 'properties':"
                        + " {'b': {'type': 'object', 'properties': {'c': {'type': 'string'}}}}}}}",
                "{'required': ['a.b'], 'properties': {'a.b': {'type': 'object'}}}"
            })
    void isNotWholeWhenSomethingRequiredCannotBeShown(String schema) throws Exception {
        assertThat(form(schema.replace('\'', '"')).whole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{'properties': {}}", "[]", "'x'", "{'properties': {'x': 1}}"})
    void isEmptyForWhatAsksForNothing(String schema) throws Exception {
        AnswerForm form = form(schema.replace('\'', '"'));
        assertThat(form.fields()).isEmpty();
        assertThat(form.whole()).isTrue();
        assertThat(form.input(true, Map.of())).isEmpty();
    }
}
