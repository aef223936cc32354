package org.manusroutes.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.dryrun.DryRun;
import org.manusroutes.bundle.dryrun.SampleEvent;
import org.manusroutes.cli.CommandBeans;
import org.springframework.context.ConfigurableApplicationContext;

/** What the check says of the steps {@code manus:...}, and what a dry run makes of them. */
class ManusCheckTests {
    private static ConfigurableApplicationContext beans;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        beans = CommandBeans.open(Map.of("manus.api.key", "sk-of-a-test"));
    }

    @AfterAll
    static void stop() {
        beans.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    uri: manus:creatTask | 16:28: 'operation' is one of createTask, sendMessage, stopTask, task, messages, not 'creatTask' (did you mean 'createTask'?)
                    uri: manus, parameters: {operation: creatTask} | 16:59: 'operation' is one of createTask, sendMessage, stopTask, task, messages, not 'creatTask' (did you mean 'createTask'?)
                    uri: manus, parameters: {title: x} | 16:28: the endpoint 'manus' needs the option 'operation'
                    uri: manus:createTask, parameters: {titel: x} | 16:59: the endpoint 'manus' has no option 'titel' (did you mean 'title'?)
                    uri: manus:messages, parameters: {taskId: x, limit: many} | 16:75: 'limit' takes a number, not 'many'
                    uri: manus:stopTask | 16:28: 'manus:stopTask' needs the option 'taskId', or before it the header CamelManusTaskId; that of the event's task is ${variable.taskId}
                    uri: manus, parameters: {operation: sendMessage} | 16:28: 'manus:sendMessage' needs the option 'taskId', or before it the header CamelManusTaskId; that of the event's task is ${variable.taskId}
                    """)
    void saysWhatIsWrongWithAStepAndWhere(String step, String said) throws Exception {
        assertThat(errors("- to: {id: t, " + step + "}")).isEqualTo("task-progress.camel.yaml:" + said);
    }

    @Test
    void saysThatNoRouteBeginsWithIt() throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        Files.writeString(folder.resolve("begins.camel.yaml"), """
                - route:
                    id: begins
                    description: Cannot
                    routeConfigurationId: error-handling
                    from:
                      uri: manus:messages
                      steps:
                        - log:
                            message: x
                """);
        assertThat(new BundleCheck(beans).check(Bundle.read(folder)))
                .filteredOn(Problem::isError)
                .extracting(Problem::toString)
                .contains("begins.camel.yaml:6:12: no route begins with 'manus': it only sends;"
                        + " its events come by the webhook, to the route dispatch-event");
    }

    @Test
    void warnsWithoutAKey() throws Exception {
        insert("""
                - setBody: {expression: {constant: {expression: Go on}}}
                - to: {id: t, description: d, uri: manus:createTask}""");
        try (ConfigurableApplicationContext without = CommandBeans.open()) {
            assertThat(new BundleCheck(without).check(Bundle.read(folder)))
                    .extracting(Problem::toString)
                    .contains("task-progress.camel.yaml:17:44: warning: without manus.api.key (in the environment:"
                            + " MANUS_API_KEY) this step fails");
        }
    }

    @Test
    void findsAPromptThatIsNoText() throws Exception {
        assertThat(errors("- to: {id: t, uri: manus:createTask}"))
                .startsWith("task-progress.camel.yaml:1:1: a sample event (task_progress) fails in it: manus:createTask"
                        + " sends the body, and that is no text, but a ");
    }

    @Test
    void takesTheTaskFromAHeaderAlsoOfTheCaller() throws Exception {
        assertThat(errors("""
                - setHeader: {name: CamelManusTaskId, expression: {simple: {expression: "${variable.taskId}"}}}
                - to: {id: t, uri: manus:task}
                - to: {id: u, uri: manus:stopTask}""")).isEmpty();
    }

    @Test
    void isNotedInADryRunAndAnswered() throws Exception {
        insert("""
                - setBody: {expression: {simple: {expression: "Look at ${variable.eventId}"}}}
                - to: {id: made, uri: manus:createTask, parameters: {title: A title}}
                - setBody: {expression: {simple: {expression: "Made ${body[task_id]}: ${body[task_title]}"}}}
                - to: {id: told, uri: manus:sendMessage}
                - to: {id: looked, uri: manus:task}
                - setBody: {expression: {simple: {expression: "${body[status]}"}}}
                - to: {id: told-again, uri: manus:sendMessage}
                - to: {id: read, uri: manus:messages}
                - setBody: {expression: {simple: {expression: "${body[0][assistant_message][content]}"}}}
                - to: {id: told-last, uri: manus:sendMessage}""");
        try (DryRun dryRun = new DryRun(beans, Bundle.read(folder), true)) {
            DryRun.Trace trace = dryRun.run(SampleEvent.of(Map.of(
                    "event_id",
                    "e1",
                    "event_type",
                    "task_progress",
                    "progress_detail",
                    Map.of("task_id", "t1", "message", "Working"))));
            assertThat(trace.failure()).isNull();
            assertThat(trace.effects())
                    .filteredOn(effect -> effect.kind().equals("manus"))
                    .extracting(effect -> effect.step() + ": " + effect.text())
                    .isEqualTo(List.of(
                            "made: createTask, under the key e1/made\n  title: A title\n  prompt: Look at e1",
                            "told: sendMessage, to the task dry-run\n  message: Made dry-run: A title",
                            "looked: task, of the task dry-run",
                            "told-again: sendMessage, to the task dry-run\n  message: stopped",
                            "read: messages, of the task dry-run",
                            "told-last: sendMessage, to the task dry-run\n  message: What the agent said"));
        }
    }

    private String errors(String steps) throws Exception {
        insert(steps);
        return new BundleCheck(beans)
                .check(Bundle.read(folder)).stream()
                        .filter(Problem::isError)
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"));
    }

    /** After the step of {@code task-progress}, in line 16. */
    private void insert(String steps) throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        Path file = folder.resolve("task-progress.camel.yaml");
        Files.writeString(file, Files.readString(file) + steps.indent(8));
    }
}
