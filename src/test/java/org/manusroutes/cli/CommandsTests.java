package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.support.Databases;

class CommandsTests {
    @Test
    void leavesOptionsAndNothingToTheServer() {
        assertThat(Commands.isMeantBy()).isFalse();
        assertThat(Commands.isMeantBy("--server.port=9000")).isFalse();
        assertThat(Commands.isMeantBy("--debug", "webhook")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "task", "event", "--help", "--version", "-h", "wbhook"})
    void takesAnythingElseForACommand(String first) {
        assertThat(Commands.isMeantBy(first)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "webhook --help",
                "webhook register --help",
                "webhook list --help",
                "webhook delete --help",
                "webhook status --help",
                "doctor --help",
                "task --help",
                "task create --help",
                "task show --help",
                "task list --help",
                "task files --help",
                "task stop --help",
                "event --help",
                "event send --help",
                "routes --help",
                "routes check --help",
                "routes try --help",
                "routes new --help",
                "lib --help",
                "lib add --help",
                "lib list --help",
                "lib remove --help",
                "lib verify --help",
                "lib export --help"
            })
    void helpsOnEachLevel(String line) {
        CommandRun run = run(line);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: manus-webhook-routes "
                        + line.replace("--help", "").strip())
                .contains("--help", "--version");
    }

    @Test
    void saysItsVersion() {
        CommandRun run = run("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("manus-webhook-routes ")
                .contains("Apache Camel 4.", "Spring Boot 3.", "Java " + Runtime.version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wbhook",
                "webhook",
                "webhook register --ulr x",
                "task create",
                "event send",
                "event list --limit -5",
                "event list --limit 0",
                "event purge --older-than 0s",
                "routes try --last -1",
                "task create p --interval 0s",
                "task list --limit 0",
                "task files",
                "task create p --timeout soon",
                "webhook list --format xml"
            })
    void showsTheUsageOfWhatItDoesNotUnderstand(String line) {
        CommandRun run = run(line);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: manus-webhook-routes");
    }

    @Test
    void saysInOneSentenceThatTheKeyIsMissing() {
        CommandRun run = CommandRun.of(Map.of("manus.api.key", ""), "webhook", "list");

        assertThat(run)
                .isEqualTo(new CommandRun(1, "", "manus.api.key is not set (in the environment: MANUS_API_KEY)"));
    }

    @Test
    void saysInOneSentenceThatASettingIsWrong() {
        CommandRun run = CommandRun.of(Map.of("manus.api.version", "v3"), "webhook", "list");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("the settings cannot be used: ")
                .contains("v3")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheDatabaseHoldsNothingYet(Databases database) {
        Map<String, Object> empty = database.fresh();
        String url = ((String) empty.get("spring.datasource.url")).split("[?;]")[0];
        assertThat(CommandRun.said(empty, "routes", "list"))
                .isEqualTo("1 the database " + url
                        + " holds no versions of the routes; the server sets it up when it starts");
        assertThat(CommandRun.said(empty, "event", "list"))
                .isEqualTo("1 the database " + url
                        + " holds no inbox of this version; the server sets it up when it starts");
    }

    @Test
    void saysThatTheDatabaseIsNotThere() {
        assertThat(CommandRun.said(
                        Map.of("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/none?password=secret"),
                        "event",
                        "list"))
                .isEqualTo("1 the database jdbc:postgresql://127.0.0.1:1/none cannot be used: Connection refused");
    }

    private static CommandRun run(String line) {
        return CommandRun.of(Map.of("manus.api.key", ""), line.split(" "));
    }
}
