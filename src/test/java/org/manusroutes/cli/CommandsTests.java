package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                "task --help",
                "task create --help",
                "task show --help",
                "event --help",
                "event send --help",
                "routes --help",
                "routes check --help",
                "routes try --help",
                "routes new --help"
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
        assertThat(run.out()).startsWith("manus-webhook-routes ").contains("Java " + Runtime.version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wbhook",
                "webhook",
                "webhook register --ulr x",
                "task create",
                "event send --file a.json",
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

    @Test
    void startsQuickly() {
        run("webhook list");
        long before = System.nanoTime();
        CommandRun.of(Map.of("manus.api.key", ""), "webhook", "list");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    private static CommandRun run(String line) {
        return CommandRun.of(Map.of("manus.api.key", ""), line.split(" "));
    }
}
