package org.manusroutes.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** As Spring Boot reads a settings file. */
class YamlFaultTests {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    acme:|  a: 1|other: 2|acme:|  b: 1; application.yaml:4:1: 'acme' is there twice; put what is below both
                    acme:|  a: [1;                      application.yaml:2:8: this is not YAML: expected
                    acme:|\ta: 1;                       application.yaml:2:1: this is not YAML: found character
                    a: b: c;                            application.yaml:1:5: this is not YAML: mapping values are not allowed
                    """)
    void saysWhereAndWhat(String text, String said) {
        ByteArrayResource file = new ByteArrayResource(
                text.replace("|", "\n").replace("\\t", "\t").getBytes(StandardCharsets.UTF_8));
        MarkedYAMLException fault = catchThrowableOfType(
                MarkedYAMLException.class, () -> new YamlPropertySourceLoader().load("settings", file));
        assertThat(YamlFault.sentence(fault)).startsWith(said);
    }
}
