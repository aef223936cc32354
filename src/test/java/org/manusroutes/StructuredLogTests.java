package org.manusroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.json.JsonWriter;
import org.springframework.core.io.ClassPathResource;

/** Text from outside, on its way to a log in JSON. */
class StructuredLogTests {
    private static final String HOSTILE = "red \u001b[31m c1 \u009b31m bidi \u202eback bell \u0007 cr \r end";

    @Test
    void replacesWhatSteersATerminal() {
        assertThat(written(HOSTILE))
                .isEqualTo("{\"message\":\"red ?[31m c1 ?31m bidi ?back bell ? cr ? end\",\"error\":{\"trace\":\"red"
                        + " ?[31m c1 ?31m bidi ?back bell ? cr ? end\"}}");
    }

    @Test
    void keepsLettersAndLineEnds() {
        assertThat(written("Größe: 12 €\r\n\tnext \ud83d\ude00")).contains("\"Größe: 12 €\\r\\n\\tnext \ud83d\ude00\"");
    }

    @Test
    void masksThePasswordOfAUrlAndCutsWhatNobodyReads() {
        assertThat(written("jdbc:postgresql://manus:s3cret@db/manus is not accepted"))
                .contains("jdbc:postgresql://***@db/manus")
                .doesNotContain("s3cret");
        assertThat(written("x".repeat(1_000_000))).hasSizeLessThan(70_000);
    }

    @Test
    void isNamedInTheSettings() throws IOException {
        assertThat(new YamlPropertySourceLoader().load("settings", new ClassPathResource("application.yaml")))
                .anySatisfy(source -> assertThat(source.getProperty("logging.structured.json.customizer"))
                        .isEqualTo(StructuredLog.class.getName()));
    }

    private static String written(String text) {
        return JsonWriter.of((JsonWriter.Members<Object> members) -> {
                    members.add("message", text);
                    members.add("error").usingMembers(error -> error.add("trace", text));
                    new StructuredLog().customize(members);
                })
                .writeToString(text);
    }
}
