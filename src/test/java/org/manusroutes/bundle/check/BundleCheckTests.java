package org.manusroutes.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.bundle.Problem;
import org.manusroutes.cli.CommandBeans;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Every broken edit is found, where it is, in words that help; and nothing is found in what is right. */
class BundleCheckTests {
    private static ConfigurableApplicationContext beans;
    private static BundleCheck check;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        beans = CommandBeans.open();
        check = new BundleCheck(beans);
    }

    @AfterAll
    static void stop() {
        beans.close();
    }

    @Test
    void findsNothingInTheShippedFolder() throws Exception {
        assertThat(check.check(Bundle.read(Path.of("routes")))).isEmpty();
    }

    @Test
    void findsNothingInWhatKaotoSaved() throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/kaoto/saved"), folder);
        assertThat(Bundle.read(folder)).isNotEqualTo(Bundle.read(Path.of("routes")));
        assertThat(check.check(Bundle.read(folder)))
                .as("but that the saved dispatch-event knows no route that came later")
                .allMatch(problem -> problem.what().startsWith("nothing calls direct:"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-table-of-your-own",
                "daily-digest",
                "digest-over-time",
                "files-by-extension",
                "finished-starts-next",
                "finished-tasks-to-kafka",
                "folder-creates-task",
                "http-with-bearer-token",
                "oauth2-client-credentials",
                "second-database",
                "second-slack-channel",
                "skip-small-files",
                "teams-alert",
                "ticket-for-a-question",
                "timer-creates-task"
            })
    void findsNothingInARecipe(String recipe) throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        FileSystemUtils.copyRecursively(Path.of("routes/recipes").resolve(recipe), folder);
        Map<String, Object> settings = new HashMap<>(Map.of(
                "acme.crm.token", "secret",
                "acme.crm.url", "https://crm.example.com",
                "acme.digest.every", "1h",
                "acme.oauth2.client-id", "manus",
                "acme.oauth2.client-secret", "secret",
                "acme.oauth2.token-url", "https://login.example.com/token",
                "acme.oauth2.url", "https://api.example.com",
                "acme.tables.bucket", "tables",
                "acme.teams.url", "https://teams.example.com/flow?sig=a%2Bb"));
        settings.putAll(Map.of(
                "acme.digest.hour", "7",
                "acme.kafka.brokers", "kafka.example.com:9092",
                "acme.tickets.url", "https://tickets.example.com",
                "manus.api.key", "sk-of-a-test",
                "acme.warehouse.url", "jdbc:h2:mem:nowhere",
                "acme.warehouse.user", "sa",
                "acme.warehouse.password", "secret"));
        settings.putAll(Map.of(
                "acme.daily.every", "300000",
                "acme.daily.hour", "7",
                "acme.daily.prompt", "What is new?",
                "acme.prompts.directory", "/srv/prompts",
                "acme.prompts.every", "60000"));
        try (ConfigurableApplicationContext offline = CommandBeans.open(settings)) {
            assertThat(new BundleCheck(offline).check(Bundle.read(folder))).isEmpty();
        }
    }

    static Stream<BrokenEdits.Edit> edits() {
        return BrokenEdits.all();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void saysWhatIsWrongAndWhere(BrokenEdits.Edit edit) throws Exception {
        String said = check.check(Bundle.read(edit.in(folder))).stream()
                .filter(Problem::isError)
                .map(problem -> "  " + problem)
                .collect(Collectors.joining("\n"));
        assertThat(said).isEqualTo(Wording.read().get(edit.name()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    to: {uri: ftp, parameters: {host: x}}; 10:21: there is no component 'ftp'
                    circuitBreaker: {};  10:11: 'circuitBreaker' needs a jar
                    marshal: {csv: {}};  10:21: there is no data format 'csv'
                    setBody: {expression: {jq: {expression: .a}}}; 10:51: the language 'jq' is not installed
                    """)
    void saysWhatToTypeForAMissingJar(String step, String said) throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        Path file = folder.resolve("task-progress.camel.yaml");
        Files.writeString(
                file, Files.readString(file).replace("        - to:", "        - " + step + "\n        - to:"));
        assertThat(check.check(Bundle.read(folder)))
                .filteredOn(Problem::isError)
                .singleElement()
                .asString()
                .startsWith("task-progress.camel.yaml:" + said)
                .contains(": java -jar manus-webhook-routes.jar lib add ");
    }

    @Test
    void endsALoopThatDoesNot() throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        Files.writeString(folder.resolve("unknown-event.camel.yaml"), """
                - route:
                    id: unknown-event
                    from:
                      uri: direct
                      parameters:
                        name: unknown-event
                      steps:
                        - loop:
                            doWhile: true
                            expression:
                              simple:
                                expression: ${variable.eventType} != ''
                            steps:
                              - setBody:
                                  expression:
                                    constant:
                                      expression: again
                """);
        assertThat(check.check(Bundle.read(folder)))
                .filteredOn(Problem::isError)
                .singleElement()
                .asString()
                .contains("unknown-event", "has not ended after 10 s; does a step wait for something?");
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("smoke-test-")));
    }

    @Test
    void hasFortyEditsAndMoreAndAWordingForEach() throws Exception {
        List<String> names = edits().map(BrokenEdits.Edit::name).toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
        assertThat(Wording.read().keySet()).containsExactlyElementsOf(names);
    }
}
