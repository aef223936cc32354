package org.manusroutes.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBodyTests {
    @Test
    void skipsAByteOrderMark() throws Exception {
        assertThat(EventBody.map("\uFEFF{\"a\":\"ä😀\"}".getBytes(UTF_8))).isEqualTo(Map.of("a", "ä😀"));
    }

    @Test
    void replacesWhatIsNoUtf8() throws Exception {
        assertThat(EventBody.map("{\"a\":\"ä\"}".getBytes(ISO_8859_1))).isEqualTo(Map.of("a", "\uFFFD"));
    }

    static Stream<Charset> otherEncodings() {
        return Stream.of(UTF_16BE, UTF_16LE, Charset.forName("UTF-16"), Charset.forName("UTF-32"));
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void takesNoOtherEncoding(Charset encoding) {
        assertThatThrownBy(() -> EventBody.map("{\"a\":1}".getBytes(encoding)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\uFEFF\uFEFF{}", "[]", "7", "null", "{} x"})
    void takesNothingButAnObject(String body) {
        assertThatThrownBy(() -> EventBody.map(body.getBytes(UTF_8))).isInstanceOf(JsonProcessingException.class);
    }

    /** Also when a route writes the event again, with a mapper of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E+999",
                "12345678901234567.89",
                "1E-400",
                "1.10",
                "1234567890123456789012345678901234567890",
                "-0.1",
                "9223372036854775808"
            })
    void keepsTheDigitsOfANumber(String number) throws Exception {
        String body = "{\"n\":" + number + "}";
        assertThat(new JsonMapper().writeValueAsString(EventBody.map(body.getBytes(UTF_8))))
                .isEqualTo(body);
    }
}
