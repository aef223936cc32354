package org.manusroutes.answers;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person answers: words, or what a confirmation carries.
 *
 * @param text null for a confirmation
 * @param input by the names of the schema; empty for words, and for a confirmation that carries nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Answer(@Nullable String text, Map<String, Object> input) {
    /** The property of a schema that says yes or no. */
    static final String ACCEPT = "accept";

    /** @param input taken as empty when it is missing */
    public Answer(@Nullable String text, @Nullable Map<String, Object> input) {
        this.text = text;
        this.input = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNullElse(input, Map.of())));
    }

    /** An answer in words. */
    public static Answer words(String text) {
        return new Answer(text.strip(), null);
    }

    /** A confirmation with what its schema asks for. */
    public static Answer confirmation(Map<String, Object> input) {
        return new Answer(null, input);
    }

    /** For people; of a form only the names, for some ask for secrets. */
    @JsonIgnore
    public String shown() {
        if (text != null) {
            return text;
        }
        String names = input.keySet().stream()
                .filter(name -> !name.equals(ACCEPT))
                .sorted()
                .collect(Collectors.joining(", "));
        return (Boolean.FALSE.equals(input.get(ACCEPT)) ? "declined" : "accepted")
                + (names.isEmpty() ? "" : ", with " + names);
    }

    /** What is kept when it has been sent. */
    Answer withoutValues() {
        return text != null
                ? this
                : new Answer(
                        null,
                        input.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> entry.getKey().equals(ACCEPT) ? entry.getValue() : "***")));
    }
}
