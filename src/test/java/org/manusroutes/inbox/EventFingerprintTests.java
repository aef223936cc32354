package org.manusroutes.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFingerprintTests {
    private static final String EVENT = "{\"event_id\":\"e\",\"task_detail\":{\"message\":\"see https://x.org/?a=1\","
            + "\"attachments\":[{\"file_name\":\"a.pdf\",\"url\":\"https://cdn.example.org/a?Signature=1\"}]}}";

    @Test
    void isTheSameWhateverWhiteSpaceAndOrderOfKeys() {
        assertThat(meaning("{ \"b\" : {\"d\":1,\"c\":2},\n\"a\" : [1, 2] }"))
                .isEqualTo(meaning("{\"a\":[1,2],\"b\":{\"c\":2,\"d\":1}}"));
    }

    @Test
    void isTheSameWhenOnlyTheUrlsWereSignedAfresh() {
        assertThat(meaning(EVENT.replace("Signature=1", "Signature=2&Policy=x")))
                .isEqualTo(meaning(EVENT));
    }

    @Test
    void differsInAnythingElse() {
        assertThat(meaning(EVENT.replace("cdn.example.org/a", "cdn.example.org/b")))
                .isNotEqualTo(meaning(EVENT));
        assertThat(meaning(EVENT.replace("/?a=1", "/?a=2"))).isNotEqualTo(meaning(EVENT));
        assertThat(meaning("{\"a\":[1,2]}")).isNotEqualTo(meaning("{\"a\":[2,1]}"));
        assertThat(meaning("{\"a\":null}")).isNotEqualTo(meaning("{}"));
    }

    /** Pairs that a double or a long cannot tell apart. */
    @ParameterizedTest
    @CsvSource({
        "12345678901234567.89, 12345678901234567.88",
        "1e999, 2e999",
        "1e-400, 0",
        "1e-400, 1e-401",
        "1234567890123456789012345678901234567890, 1234567890123456789012345678901234567891",
        "1, '\"1\"'",
        "1e999, '\"Infinity\"'"
    })
    void tellsNumbersApartByAllTheirDigits(String one, String other) {
        assertThat(meaning("{\"n\":" + one + "}")).isNotEqualTo(meaning("{\"n\":" + other + "}"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "100, 1e2", "0.5, 5E-1", "-0, 0", "1.10, 1.1"})
    void takesTheSameNumberInEachOfItsSpellings(String one, String other) {
        assertThat(meaning("{\"n\":" + one + "}")).isEqualTo(meaning("{\"n\":" + other + "}"));
    }

    @Test
    void survivesAttachmentsOfAnyShape() {
        for (String attachments :
                new String[] {"null", "[]", "7", "[null]", "[7]", "[{\"url\":7}]", "{\"url\":\"x?y\"}"}) {
            String event = "{\"task_detail\":{\"attachments\":" + attachments + "}}";
            assertThat(meaning(event)).isEqualTo(meaning(event.replace(":", " : ")));
        }
    }

    @Test
    void hasADigestOfTwelveDigits() {
        assertThat(meaning(EVENT).digest()).matches("[0-9a-f]{12}");
    }

    private static EventFingerprint meaning(String json) {
        return EventFingerprint.of(json.getBytes(UTF_8));
    }
}
