package org.manusroutes.bundle.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.manusroutes.bundle.FolderCopy;

/** Edits of the shipped folder that must be refused; {@code broken-edits.txt} says with which words. */
public final class BrokenEdits {
    private BrokenEdits() {}

    /** @param name what somebody did */
    public record Edit(String name, Change change) {
        /** The shipped folder with this edit in it. */
        public Path in(Path folder) throws IOException {
            Files.createDirectories(folder);
            FolderCopy.mirror(Path.of("routes"), folder);
            change.in(folder);
            return folder;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public interface Change {
        void in(Path folder) throws IOException;
    }

    public static Stream<Edit> all() {
        return Stream.of(
                edit("a step misspelt", replace("alert-slack", "- setVariable:", "- setVariabel:")),
                edit("an option misspelt", replace("alert-slack", "completionEager:", "completionEagr:")),
                edit(
                        "an option of a route misspelt",
                        replace("task-asks", "routeConfigurationId:", "routeConfigurationID:")),
                edit("an element misspelt", replace("task-asks", "- route:", "- rout:")),
                edit(
                        "a line indented too little",
                        replace("task-progress", "            uri: direct", "        uri: direct")),
                edit("a step's options indented like the step", write("task-progress", """
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
                        """)),
                edit(
                        "a line indented by blanks that fit no level",
                        replace(
                                "task-progress",
                                "            id: record-the-progress",
                                "             id: record-the-progress")),
                edit("a tab", replace("task-progress", "            uri: direct", "\t    uri: direct")),
                edit("a quote left open", replace("task-created", "description: ", "description: \"")),
                edit("a colon in a text", replace("task-created", "description: ", "description: Note: ")),
                edit("an unknown component", replace("copy-attachments", "uri: aws2-s3:", "uri: aws2-s4:")),
                edit(
                        "an unknown option of an endpoint",
                        replace("copy-attachments", "autoCreateBucket:", "autoCreateBuket:")),
                edit(
                        "a value of another type",
                        replace("copy-attachments", "autoCreateBucket: false", "autoCreateBucket: nope")),
                edit("a needed option left out", replace("record-task", "query: |-", "batch: |-")),
                edit(
                        "a setting that is missing",
                        replace("alert-slack", "{{manus.slack.channel}}", "{{manus.slack.chanel}}")),
                edit("a bean that is missing", replace("send-mail", "ref: mailText", "ref: mailTxt")),
                edit("a bean by hash that is missing", replace("task-asks", "#collectFailures", "#collectFailure")),
                edit("a bean of an endpoint that is missing", replace("copy-attachments", "#s3Client", "#s3Clent")),
                edit("a method that is missing", replace("copy-attachments", "method: fetch", "method: fetsh")),
                edit("the id of another route", replace("task-asks", "id: task-asks\n", "id: task-created\n")),
                edit("an id of the engine", folder -> {
                    Files.move(folder.resolve("task-progress.camel.yaml"), folder.resolve("process-event.camel.yaml"));
                    replace("process-event", "task-progress", "process-event").in(folder);
                }),
                edit("no id", replace("task-asks", "id: task-asks\n", "group: task-asks\n")),
                edit(
                        "a file renamed",
                        folder -> Files.move(
                                folder.resolve("task-asks.camel.yaml"), folder.resolve("task-questions.camel.yaml"))),
                edit("a route renamed, not its callers", folder -> {
                    Files.move(folder.resolve("task-asks.camel.yaml"), folder.resolve("task-questions.camel.yaml"));
                    replace("task-questions", "task-asks", "task-questions").in(folder);
                }),
                edit("a route deleted", folder -> Files.delete(folder.resolve("send-mail.camel.yaml"))),
                edit("a direct: to nobody", replace("task-finished", "name: alert-slack", "name: alert-slak")),
                edit("a second route on one direct:", folder -> {
                    Files.copy(folder.resolve("task-asks.camel.yaml"), folder.resolve("task-asks-too.camel.yaml"));
                    replace("task-asks-too", "id: task-asks\n", "id: task-asks-too\n")
                            .in(folder);
                }),
                edit("a circle", replace("task-progress", "name: record-task", "name: task-progress")),
                edit("a circle over two routes", folder -> {
                    replace("task-progress", "name: record-task", "name: unknown-event")
                            .in(folder);
                    replace("unknown-event", "name: record-task", "name: task-progress")
                            .in(folder);
                }),
                edit(
                        "a broken condition in simple",
                        replace("dispatch-event", "== 'task_created'", "== 'task_created")),
                edit("an unknown function in simple", replace("copy-attachments", "${body}", "${boody}")),
                edit(
                        "an operator that is none",
                        replace("dispatch-event", "== 'task_progress'", "=== 'task_progress'")),
                edit(
                        "a broken jsonpath",
                        replace(
                                "record-task",
                                "simple:\n                expression: ${variable.taskId} != null",
                                "jsonpath:\n                expression: \"$..[?(@.a\"")),
                edit("an expression without its language", replace("task-asks", "constant:", "constantly:")),
                edit("an empty file", write("task-progress", "")),
                edit("a file of comments", write("task-progress", "# to do\n")),
                edit("a file written by half", folder -> {
                    Path file = folder.resolve("alert-slack.camel.yaml");
                    String text = Files.readString(file);
                    Files.writeString(file, text.substring(0, text.indexOf("idempotentRepository") + 8));
                }),
                edit(
                        "a binary file",
                        folder -> Files.write(
                                folder.resolve("task-progress.camel.yaml"),
                                new byte[] {'P', 'K', 3, 4, 0, 0, (byte) 0x8f})),
                edit("a file of five megabytes", folder -> {
                    byte[] large = new byte[5_000_000];
                    Arrays.fill(large, (byte) '#');
                    Files.write(folder.resolve("task-progress.camel.yaml"), large);
                }),
                edit("a text file", write("task-progress", "Note what a task is doing\n")),
                edit("the entry deleted", folder -> Files.delete(folder.resolve("dispatch-event.camel.yaml"))),
                edit("all files deleted", folder -> {
                    for (Path file : Files.list(folder).toList()) {
                        Files.delete(file);
                    }
                }),
                edit("two routes in one file", folder -> {
                    Path file = folder.resolve("task-progress.camel.yaml");
                    Files.writeString(
                            file, Files.readString(file) + Files.readString(folder.resolve("task-asks.camel.yaml")));
                    Files.delete(folder.resolve("task-asks.camel.yaml"));
                }),
                edit("the short form of a route", write("task-progress", """
                        - from:
                            uri: direct
                            parameters:
                              name: task-progress
                            steps: []
                        """)),
                edit("the short form of a step", replace("task-progress", """
                                - to:
                                    id: record-the-progress
                                    description: The task row shows the newest message
                                    uri: direct
                                    parameters:
                                      name: record-task
                        """, """
                                - to: direct:record-task
                        """)),
                edit(
                        "the short form of an expression",
                        replace(
                                "task-asks",
                                "            expression:\n              constant:\n                expression:",
                                "            constant:\n              expression:")),
                edit("options in the uri", replace("task-progress", """
                                    uri: direct
                                    parameters:
                                      name: record-task
                        """, """
                                    uri: direct:record-task?block=false
                        """)),
                edit(
                        "two names in one step",
                        replace(
                                "task-progress",
                                "        - to:",
                                "        - log:\n            message: x\n          to:")),
                edit(
                        "an option twice",
                        replace(
                                "task-progress",
                                "    id: task-progress\n",
                                "    id: task-progress\n    id: task-progress\n")),
                edit(
                        "a configuration that is missing",
                        replace(
                                "task-progress",
                                "routeConfigurationId: error-handling",
                                "routeConfigurationId: errorhandling")),
                edit(
                        "an exception class that is missing",
                        replace(
                                "copy-attachments",
                                "org.manusroutes.attachments.UrlExpired",
                                "org.manusroutes.attachments.UrlExpiredd")),
                edit(
                        "what only fails when it runs",
                        replace(
                                "task-asks",
                                "constant:\n                expression: Manus needs your answer",
                                "simple:\n                expression: \"${body.nope()}\"")),
                edit(
                        "an expression that overflows the stack",
                        replace(
                                "task-finished",
                                "${bean:slackText?method=enabled} == true ||",
                                "${bodyAs(String).repeat(3000)} regex '(x|.)*' ||")),
                edit("HTTP into the routes", replace("unknown-event", "uri: direct\n", "uri: platform-http\n")),
                edit("two files that are wrong together", folder -> {
                    replace("dispatch-event", "task-asks", "task-question").in(folder);
                    replace("task-finished", "name: send-mail", "name: send-email")
                            .in(folder);
                }));
    }

    private static Edit edit(String name, Change change) {
        return new Edit(name, change);
    }

    private static Change write(String route, String text) {
        return folder -> Files.writeString(folder.resolve(route + ".camel.yaml"), text, StandardCharsets.UTF_8);
    }

    /** Each place; an edit that changes nothing is a mistake in this table. */
    private static Change replace(String route, String old, String now) {
        return folder -> {
            Path file = folder.resolve(route + ".camel.yaml");
            String text = Files.readString(file);
            if (!text.contains(old)) {
                throw new IllegalStateException(file + " has no '" + old + "'");
            }
            Files.writeString(file, text.replace(old, now));
        };
    }
}
