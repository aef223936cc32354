package org.manusroutes.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Edits of the nodes' routes that make a Java {@code Error}: a regular expression that overflows the stack. It is met
 * by the step as it runs, or by the check.
 */
final class BadEdits {
    private static final String FILE = "record-task.camel.yaml";
    private static final String STEP = """
                    - setVariable:
                        name: long
                        expression:
                          constant:
                            expression: %s
                    - filter:
                        expression:
                          simple:
                            expression: "%s"
                        steps:
                          - filter:
                              expression:
                                simple:
                                  expression: "${variable.long} regex '(a|b)*'"
                              steps:
                                - log:
                                    message: no stack is that deep
            """;

    private final List<Path> folders;
    private final String good;

    /** @param folders each with the routes of a node, which are the same */
    BadEdits(List<Path> folders) throws IOException {
        this.folders = folders;
        this.good = Files.readString(folders.get(0).resolve(FILE));
    }

    /** For some tasks, none of which is in the sample events that the check runs: the edit goes live. */
    void failInAStep() throws IOException {
        save(edited("${variable.taskId} regex 'task[A-F][0-9]*[13]'"));
    }

    /** For the sample events: the edit is refused. */
    void failInTheCheck() throws IOException {
        save(edited("${variable.taskId} != null"));
    }

    void restore() throws IOException {
        save(good);
    }

    private String edited(String when) {
        String step = STEP.formatted("a".repeat(30_000), when);
        int first = good.indexOf("      steps:\n") + "      steps:\n".length();
        return good.substring(0, first) + step + good.substring(first);
    }

    /** In one move, so that no node reads half of it. */
    private void save(String text) throws IOException {
        for (Path folder : folders) {
            Path edit = Files.writeString(folder.resolveSibling("edit.tmp"), text);
            Files.move(edit, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
