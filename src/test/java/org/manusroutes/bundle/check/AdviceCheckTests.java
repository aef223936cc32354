package org.manusroutes.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.bundle.Problem;

/** Warnings of what Camel takes and nobody means, each at its line; and the hints where people slip. */
class AdviceCheckTests {
    private static final String HEAD = """
            - route:
                id: task-progress
                description: Note what a task is doing
                routeConfigurationId: error-handling
                from:
                  uri: direct
                  parameters:
                    name: task-progress
                  steps:
                    - to:
                        uri: direct
                        parameters:
                          name: record-task
            """;

    @TempDir
    private Path folder;

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(
                        "- to:\n    uri: http\n    parameters:\n      httpUri: https://example.com",
                        List.of(
                                "15:18: warning: the body is a Map here, which 'http' would send as {a=b}",
                                "15:18: warning: when another step fails, the event is tried again")),
                Arguments.of(
                        "- setVariable:\n    name: x\n    expression:\n      constant:\n        expression: ${body}",
                        List.of("18:29: warning: a constant is taken as it stands; for ${...} the language is simple")),
                Arguments.of(
                        "- setBody:\n    expression:\n      constant:\n        expression: #invoices",
                        List.of("17:28: warning: the expression is empty; a '#' begins a comment")),
                Arguments.of(
                        "- setBody:\n    expression:\n      simple:\n        expression: ${variable.evntType}",
                        List.of("17:29: warning: no route sets the variable 'evntType' (did you mean 'eventType'?)")),
                Arguments.of(
                        "- filter:\n    expression:\n      simple:\n        expression: ${variable.eventType} == 'task_stoped'\n"
                                + "    steps: []",
                        List.of(
                                "17:29: warning: 'task_stoped' is no event type of Manus (did you mean 'task_stopped'?)")),
                Arguments.of(
                        "- filter:\n    expression:\n      simple:\n        expression: ${variable.stopReason} == 'finished'\n"
                                + "    steps: []",
                        List.of("17:29: warning: 'finished' is no stop reason of Manus (did you mean 'finish'?)")),
                Arguments.of(
                        "- to:\n    uri: seda\n    parameters:\n      name: later",
                        List.of("15:18: warning: what waits in seda is lost by the next edit")),
                Arguments.of(
                        "- wireTap:\n    uri: direct\n    parameters:\n      name: record-task",
                        List.of("15:13: warning: what goes on by 'wireTap' is lost when this process ends")),
                Arguments.of(
                        "- aggregate:\n    aggregationStrategy: \"#collectEvents\"\n    completionSize: 3\n"
                                + "    correlationExpression:\n      constant:\n        expression: all\n    steps: []",
                        List.of("15:13: warning: what it holds is lost by the next edit")),
                Arguments.of(
                        "- aggregate:\n    aggregationStrategy: \"#collectEvents\"\n    completionSize: 3\n"
                                + "    aggregationRepository: \"#aggregations\"\n    optimisticLocking: true\n"
                                + "    correlationExpression:\n      constant:\n        expression: all\n    steps: []",
                        List.of("18:32: warning: with #aggregations, events wait for each other; leave it out")));
    }

    private List<String> check(String file, String text) throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        Files.writeString(folder.resolve(file), text);
        List<Problem> problems = new ArrayList<>(BundleCheck.checkStatically(Bundle.read(folder)));
        problems.addAll(Bundle.unread(folder));
        return problems.stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void warnsOfAStep(String step, List<String> said) throws Exception {
        List<String> found = check("task-progress.camel.yaml", HEAD + step.indent(8));
        assertThat(found).hasSameSizeAs(said);
        for (int i = 0; i < said.size(); i++) {
            assertThat(found.get(i)).startsWith("task-progress.camel.yaml:" + said.get(i));
        }
    }

    @Test
    void findsNothingInASendThatIsNotedInTheLedgerAndMarshalled() throws Exception {
        assertThat(check("task-progress.camel.yaml", HEAD + """
                - idempotentConsumer:
                    idempotentRepository: "#steps"
                    expression:
                      simple:
                        expression: ${variable.eventKey}/send
                    steps:
                      - marshal:
                          json: {}
                      - to:
                          uri: http
                          parameters:
                            httpUri: https://example.com
                """.indent(8))).isEmpty();
    }

    @Test
    void warnsOfAFailureThatIsHandledAndOfEndlessRedeliveries() throws Exception {
        assertThat(check("error-handling.camel.yaml", """
                - routeConfiguration:
                    id: error-handling
                    description: x
                    onException:
                      - onException:
                          exception:
                            - java.lang.Exception
                          handled:
                            constant:
                              expression: "true"
                          redeliveryPolicy:
                            maximumRedeliveries: -1
                """))
                .satisfiesExactly(
                        said -> assertThat(said)
                                .startsWith("error-handling.camel.yaml:9:13: warning: a failure that is handled"),
                        said -> assertThat(said)
                                .startsWith("error-handling.camel.yaml:12:34: warning: endless redeliveries"));
    }

    @Test
    void warnsOfADeadLetter() throws Exception {
        assertThat(check("error-handling.camel.yaml", """
                - routeConfiguration:
                    id: error-handling
                    description: x
                    errorHandler:
                      deadLetterChannel:
                        deadLetterUri: direct:event-parked
                """))
                .filteredOn(said -> said.startsWith("error-handling"))
                .singleElement()
                .asString()
                .startsWith("error-handling.camel.yaml:6:9: warning: what goes to a dead letter counts as done");
    }

    @Test
    void warnsOfASecretInPlainText() throws Exception {
        assertThat(check("warehouse.camel.yaml", """
                - beans:
                    - name: warehouse
                      type: com.zaxxer.hikari.HikariDataSource
                      properties:
                        password: swordfish
                        username: "{{env:WAREHOUSE_USER}}"
                """))
                .singleElement()
                .asString()
                .isEqualTo("warehouse.camel.yaml:5:19: warning: 'password' is a secret in plain text:"
                        + " write {{ENV_NAME}}, and set it in the environment");
    }

    @Test
    void warnsOfFilesThatAreNotRead() throws Exception {
        for (String name : List.of("other.yaml", "task.camel.yml", "task.xml", "Task.java")) {
            assertThat(check(name, "- route: {}"))
                    .singleElement()
                    .asString()
                    .startsWith(name + ":1:1: warning: not read: route files are called *.camel.yaml");
        }
        Files.createDirectories(folder.resolve("more"));
        Files.writeString(folder.resolve("more/task.camel.yaml"), "- route: {}");
        assertThat(Bundle.unread(folder)).hasSize(2);
        assertThat(Bundle.unread(Path.of("routes"))).isEmpty();
    }

    static Stream<Arguments> slips() {
        return Stream.of(
                Arguments.of(
                        "- onException:\n    exception: []\n", "1:3: 'onException' belongs into a routeConfiguration"),
                Arguments.of(
                        "- noErrorHandler: {}\n", "1:3: 'noErrorHandler' stands below the 'errorHandler' of a route"),
                Arguments.of(
                        HEAD.replace("    from:", "    noErrorHandler: {}\n    from:"),
                        "5:5: 'noErrorHandler' stands below the 'errorHandler' of a routeConfiguration"),
                Arguments.of(HEAD.replace("      steps:", "    steps:"), "9:5: 'steps' belongs to 'from': indent it"),
                Arguments.of(
                        HEAD.replace("- to:", "- steps:"), "10:11: '- steps:' is no group; write its steps one after"),
                Arguments.of(
                        HEAD.replace("    from:", "<<<<<<< HEAD\n    from:"),
                        "5:1: a conflict of git is left here; keep one"));
    }

    @ParameterizedTest
    @MethodSource("slips")
    void helpsWherePeopleSlip(String text, String said) throws Exception {
        assertThat(check("task-progress.camel.yaml", text))
                .anySatisfy(problem -> assertThat(problem).startsWith("task-progress.camel.yaml:" + said));
    }
}
