package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

class RoutesNewCommandTests {
    @TempDir
    private Path folder;

    @Test
    void writesARouteThatChecks() throws Exception {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        CommandRun written = run("new", "call-home");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.out()).startsWith("wrote " + folder.resolve("call-home.camel.yaml"));

        CommandRun checked = CommandRun.of(Map.of(), "routes", "check", folder.toString());
        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out()).contains("nothing calls direct:call-home", "0 errors, 1 warning in 21 files");
    }

    @Test
    void overwritesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("call-home.camel.yaml"), "mine");
        CommandRun run = run("new", "call-home");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith(file + " is there already");
        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CallHome", "call_home", "../call", "call-", "1call"})
    void takesNoNameThatBreaksTheRules(String name) {
        CommandRun run = run("new", name);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("'" + name + "' is no name for a route");
        assertThat(folder).isEmptyDirectory();
    }

    private CommandRun run(String command, String name) {
        return CommandRun.of(Map.of(), "routes", command, name, "--directory", folder.toString());
    }
}
