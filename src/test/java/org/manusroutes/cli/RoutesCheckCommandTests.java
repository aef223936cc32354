package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class RoutesCheckCommandTests {
    private static final String FAULT = "unknown step 'setVariabel' (did you mean 'setVariable'?)";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void breakARoute() throws Exception {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        file = folder.resolve("alert-slack.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("- setVariable:", "- setVariabel:"));
    }

    @Test
    void findsNothingInTheShippedFolder() {
        CommandRun run = check();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("no problems in 20 files");
    }

    @Test
    void touchesNoDatabase() {
        CommandRun run =
                CommandRun.of(Map.of("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/none"), "routes", "check");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    @Test
    void showsTheLineAndThePlaceInIt() {
        CommandRun run = check(folder.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        file + ":32:23: " + FAULT,
                        "    32 |                     - setVariabel:",
                        "       |                       ^",
                        "1 error in 20 files");
    }

    @Test
    void saysItToPrograms() throws Exception {
        CommandRun run = check(folder.toString(), "--format=json");
        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode answer = new JsonMapper().readTree(run.out());
        assertThat(answer.path("errors").asInt()).isEqualTo(1);
        assertThat(answer.at("/problems/0/file").asText()).isEqualTo("alert-slack.camel.yaml");
        assertThat(answer.at("/problems/0/line").asInt()).isEqualTo(32);
        assertThat(answer.at("/problems/0/message").asText()).isEqualTo(FAULT);
    }

    @Test
    void annotatesAPullRequest() {
        assertThat(check(folder.toString(), "--format=github").out())
                .isEqualTo("::error file=" + file + ",line=32,col=23::" + FAULT);
    }

    @Test
    void warnsWithoutRefusing() throws Exception {
        Files.copy(Path.of("routes/alert-slack.camel.yaml"), file, StandardCopyOption.REPLACE_EXISTING);
        String extra = Files.readString(Path.of("routes/task-progress.camel.yaml"));
        Files.writeString(folder.resolve("call-home.camel.yaml"), extra.replace("task-progress", "call-home"));
        CommandRun run = check(folder.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("warning: nothing calls direct:call-home", "0 errors, 1 warning in 21 files");
    }

    /** A stranger's pull request may do anything while it is checked as a whole. */
    @Test
    void evaluatesNothingWhenItOnlyReads() throws Exception {
        Files.copy(Path.of("routes/alert-slack.camel.yaml"), file, StandardCopyOption.REPLACE_EXISTING);
        Path proof = folder.resolve("proof");
        Path progress = folder.resolve("task-progress.camel.yaml");
        Files.writeString(progress, Files.readString(progress).replace("      steps:\n", """
                      steps:
                        - setVariable:
                            id: do-anything
                            name: stranger
                            expression:
                              spel:
                                expression: "#{T(java.nio.file.Files).createFile(T(java.nio.file.Path).of('%s'))}"
                """.formatted(proof)));

        assertThat(check(folder.toString(), "--static").out()).isEqualTo("no problems in 20 files");
        assertThat(proof).doesNotExist();
        check(folder.toString());
        assertThat(proof).as("what the whole check does").exists();
    }

    @Test
    void findsFaultsOfFormWhenItOnlyReads() {
        CommandRun run = check(folder.toString(), "--static");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains(FAULT, "1 error in 20 files");
    }

    @Test
    void namesTheOptionThatMendsAShortFormAndMendsIt() throws Exception {
        Path shipped = Path.of("routes/alert-slack.camel.yaml");
        Files.copy(shipped, file, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("hello.camel.yaml"), "- from: {uri: 'timer:a?period=9000', steps: [log: x]}");
        CommandRun before = check(folder.toString());
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.out()).endsWith("'routes check --fix' writes the short forms out");

        CommandRun fixed = check(folder.toString(), "--fix");
        assertThat(fixed.exitCode()).as(fixed.out()).isZero();
        assertThat(fixed.out())
                .startsWith("rewrote " + folder.resolve("hello.camel.yaml"))
                .doesNotContain("--fix");
    }

    @Test
    void saysThatThereIsNoSuchFolder() {
        CommandRun run = check("nowhere");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("there is no folder nowhere");
    }

    private static CommandRun check(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "routes";
        all[1] = "check";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.of(Map.of(), all);
    }
}
