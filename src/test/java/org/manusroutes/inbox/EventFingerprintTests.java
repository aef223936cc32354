package org.manusroutes.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
        assertThat(meaning("[1,2]")).isNotEqualTo(meaning("[2,1]"));
        assertThat(meaning("{\"a\":null}")).isNotEqualTo(meaning("{}"));
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
