package org.manusroutes.bundle.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.CanonicalForm;
import org.manusroutes.bundle.FolderWriter;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteFile;
import org.manusroutes.bundle.RouteTree;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Brings the files of a folder into the form of the shipped ones, where that loses nothing. */
public final class FolderFix {
    private FolderFix() {}

    /**
     * Files that still have an error of form afterwards are left alone: a check says what it is.
     *
     * @return a line for each file that was rewritten, or that cannot be
     */
    public static List<String> run(Path folder) throws IOException {
        Bundle bundle = Bundle.read(folder);
        FolderWriter writer = new FolderWriter(folder);
        Set<String> present = new HashSet<>(bundle.files().keySet());
        List<String> said = new ArrayList<>();
        for (RouteFile file : bundle.files().values()) {
            try {
                Map<String, String> fixed = fixed(file, present);
                if (!fixed.isEmpty() && !fixed.equals(Map.of(file.name(), String.valueOf(file.text())))) {
                    writer.replace(file.name(), fixed);
                    present.addAll(fixed.keySet());
                    said.add("rewrote " + folder.resolve(file.name())
                            + (fixed.keySet().equals(Set.of(file.name()))
                                    ? ""
                                    : " as " + String.join(", ", fixed.keySet())));
                }
            } catch (IllegalArgumentException e) {
                said.add("left " + folder.resolve(file.name()) + " as it is: " + e.getMessage());
            } catch (StackOverflowError e) {
                said.add("left " + folder.resolve(file.name()) + " as it is: it is nested too deep");
            }
        }
        return said;
    }

    /** Whether there are errors that it would mend: what is pasted is in a short form. */
    public static boolean wouldMend(Bundle bundle) {
        for (RouteFile file : bundle.files().values()) {
            try {
                if (!hasForm(file) && !fixed(file, bundle.files().keySet()).isEmpty()) {
                    return true;
                }
            } catch (IllegalArgumentException | StackOverflowError leftAlone) {
                // another file may be mended
            }
        }
        return false;
    }

    /** By name; empty when it is left alone. */
    private static Map<String, String> fixed(RouteFile file, Set<String> present) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, SequenceNode> part : PastedFile.split(file).entrySet()) {
            String text = CanonicalForm.of(part.getValue());
            if (!hasForm(RouteFile.of(part.getKey(), text.getBytes(StandardCharsets.UTF_8)))) {
                return Map.of();
            }
            if (!part.getKey().equals(file.name()) && present.contains(part.getKey())) {
                throw new IllegalArgumentException(
                        "its route belongs into " + part.getKey() + ", which is there already; rename one of the two");
            }
            texts.put(part.getKey(), text);
        }
        return texts;
    }

    private static boolean hasForm(RouteFile file) {
        List<Problem> problems = new ArrayList<>();
        RouteTree tree = RouteTree.read(file, problems::add);
        if (tree != null) {
            new FormCheck(DslSchema.shared(), tree, problems::add).check();
            new RuleCheck(tree, problems::add).check();
        }
        return problems.stream().noneMatch(Problem::isError);
    }
}
