package org.manusroutes.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

class CanonicalFormTests {
    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(RouteFile.SUFFIX)).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void isThatOfTheShippedFiles(Path file) throws IOException {
        assertThat(canonical(Files.readString(file))).isEqualTo(Files.readString(file));
    }

    @Test
    void isThatOfANewRoute() throws IOException {
        String skeleton = Files.readString(Path.of("src/main/resources/route-skeleton.yaml"));
        assertThat(canonical(skeleton)).isEqualTo(skeleton);
    }

    /** Keys sorted, everything in quotes, lines folded elsewhere: what an editor may make of a file. */
    @ParameterizedTest
    @MethodSource("shipped")
    void undoesWhatAnEditorDoes(Path file) throws IOException {
        String text = Files.readString(file);
        String other = KaotoStyle.of(text);
        assertThat(other).isNotEqualTo(text);
        assertThat(canonical(other)).isEqualTo(text);
    }

    static Stream<Path> savedByKaoto() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/kaoto/saved"))) {
            return files.sorted().toList().stream();
        }
    }

    /** What Kaoto 2.7.1 made of the shipped files of its day. */
    @ParameterizedTest
    @MethodSource("savedByKaoto")
    void undoesWhatKaotoDoes(Path saved) throws IOException {
        Path given = Path.of("src/test/resources/kaoto/given").resolve(saved.getFileName());
        assertThat(Files.readString(saved)).isNotEqualTo(Files.readString(given));
        assertThat(canonical(Files.readString(saved))).isEqualTo(Files.readString(given));
    }

    @Test
    void quotesWhatWouldMeanSomethingElse() {
        String text = """
                - log:
                    a: "on"
                    b: "12"
                    c: 12
                    d: true
                    e: "true"
                    f: "a: b"
                    g: "#steps"
                    h: a:b#c
                    i: ""
                    j: "{{key}}"
                    k: ${body}
                    l: |-
                      two
                      lines
                """;
        assertThat(canonical(text)).isEqualTo(text);
    }

    private static String canonical(String text) {
        return CanonicalForm.of((SequenceNode)
                new Compose(LoadSettings.builder().build()).composeString(text).orElseThrow());
    }
}
