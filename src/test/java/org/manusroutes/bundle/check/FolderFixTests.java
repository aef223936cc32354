package org.manusroutes.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code routes check --fix} writes, and where it leaves its hands off. */
class FolderFixTests {
    @TempDir
    private Path folder;

    private Path save(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void keepsEachCommentAtItsStep() throws IOException {
        Path file = save("a.camel.yaml", """
                # what it is
                # for
                - route:
                    id: a # as the file
                    from:
                      uri: timer # ticks
                      parameters:
                        timerName: a
                        # not more often
                        period: 1000
                      steps: # two
                        # the first
                        - log:
                            message: one # two
                            note: before
                        - to: seda:b
                        # the end
                """);
        assertThat(FolderFix.run(folder)).containsExactly("rewrote " + file);
        assertThat(file).content().isEqualTo("""
                - route:
                    id: a
                    note: |-
                      what it is
                      for
                      as the file
                      the end
                    from:
                      note: |-
                        ticks
                        not more often
                        two
                      uri: timer
                      parameters:
                        period: 1000
                        timerName: a
                      steps:
                        - log:
                            note: |-
                              before
                              the first
                              two
                            message: one
                        - to:
                            uri: seda:b
                """);
    }

    @Test
    void movesStepsThatStandBesideFrom() throws IOException {
        Path file = save("each-hour.camel.yaml", """
                - from: "timer:each-hour?period=3600000"
                  steps:
                    - set-body:
                        simple: "${date:now:HH}"
                    - to: log:hours
                """);
        FolderFix.run(folder);
        assertThat(file).content().isEqualTo("""
                - route:
                    id: each-hour
                    from:
                      uri: timer:each-hour
                      parameters:
                        period: 3600000
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: ${date:now:HH}
                        - to:
                            uri: log:hours
                """);
    }

    @Test
    void givesEachRouteItsFile() throws IOException {
        save("two.camel.yaml", """
                - route: {id: the first, from: {uri: timer:x, steps: [{to: direct:second}]}}
                - from: {uri: direct:second, steps: [{log: x}]}
                """);
        assertThat(FolderFix.run(folder))
                .containsExactly(
                        "rewrote " + folder.resolve("two.camel.yaml") + " as the-first.camel.yaml, second.camel.yaml");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("the-first.camel.yaml", "second.camel.yaml");
        assertThat(folder.resolve("second.camel.yaml"))
                .content()
                .startsWith("- route:\n    id: second\n    from:\n      uri: direct\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:x.example/a?${header.query}", "direct:x?a=b&${body}", "{{acme.uri}}?a=b", "log:a?b"})
    void leavesAUriWhoseOptionsAreNotKnown(String uri) throws IOException {
        Path file = save("a.camel.yaml", "- from: {uri: 'timer:a', steps: [{toD: '" + uri + "'}]}\n");
        FolderFix.run(folder);
        assertThat(file)
                .content()
                .containsPattern("uri: \"?" + Pattern.quote(uri))
                .doesNotContain("parameters");
    }

    @Test
    void overwritesNoOtherFile() throws IOException {
        save("second.camel.yaml", "- route: {id: second, from: {uri: timer:x, steps: [{log: x}]}}\n");
        save("two.camel.yaml", "- from: {uri: direct:second, steps: [{log: y}]}\n");
        assertThat(FolderFix.run(folder))
                .contains("left " + folder.resolve("two.camel.yaml")
                        + " as it is: its route belongs into second.camel.yaml, which is there already;"
                        + " rename one of the two");
        assertThat(folder.resolve("second.camel.yaml")).content().contains("message: x");
        assertThat(folder.resolve("two.camel.yaml")).content().startsWith("- from:");
    }

    @Test
    void overwritesNoFileThatItHasJustWritten() throws IOException {
        save("a.camel.yaml", "- from: {uri: direct:second, steps: [{log: x}]}\n");
        save("b.camel.yaml", "- from: {uri: direct:second, steps: [{log: y}]}\n");
        assertThat(FolderFix.run(folder)).hasSize(2).element(1, STRING).contains("left", "second.camel.yaml");
        assertThat(folder.resolve("second.camel.yaml")).content().contains("message: x");
        assertThat(folder.resolve("b.camel.yaml")).content().contains("log: y");
    }

    /** The text of the file with {@code |} for the end of a line. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
                    - beans: [{name: a, type: java.lang.Object}] # why           ; comments that would be lost
                    - from:|    uri: timer:a|    steps:|      - setBody:|          constant: #invoices ; Put it in quotes
                    apiVersion: camel.apache.org/v1|kind: Kamelet|spec: {template: {}} ; a Kamelet without spec.flows
                    apiVersion: camel.apache.org/v1|kind: Integration|spec: {flows: [], traits: {}} ; spec.traits would be lost
                    """)
    void leavesAFileAsItIsAndSaysWhy(String text, String why) throws IOException {
        Path file = save("a.camel.yaml", text.replace("|", "\n"));
        assertThat(FolderFix.run(folder))
                .singleElement()
                .asString()
                .startsWith("left ")
                .contains(why);
        assertThat(file).content().isEqualTo(text.replace("|", "\n"));
    }

    /** A check says what is wrong with them. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
                    - from: [
                    - route: {id: a, from: {uri: timer:a, steps: [{lgo: a}]}}
                    - onException: {exception: [java.lang.Exception], steps: []}
                    - route: {id: a, from: {uri: timer:a, steps: [{setBody: {simple: a, constant: b}}]}}
                    just text
                    """)
    void leavesWhatHasAnotherFault(String text) throws IOException {
        Path file = save("a.camel.yaml", text);
        assertThat(FolderFix.run(folder)).isEmpty();
        assertThat(file).content().isEqualTo(text);
    }

    @Test
    void endsForAFileThatIsNestedTooDeep() throws IOException {
        save("a.camel.yaml", "- ".repeat(50_000) + "a\n");
        assertThat(FolderFix.run(folder)).singleElement().asString().contains("nested too deep");
    }
}
