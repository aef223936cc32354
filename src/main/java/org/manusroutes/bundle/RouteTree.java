package org.manusroutes.bundle;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A route file as a tree that remembers where everything stands.
 *
 * @param root the list of the file's elements
 */
public record RouteTree(RouteFile file, SequenceNode root) {
    /** The shipped routes are 20 levels deep. */
    private static final int DEEPEST = 200;

    private static final Pattern CONFLICT = Pattern.compile("(<{7}|={7}|>{7})( .*)?");

    /** Null when the file is no list in YAML; then a problem says why. */
    public static @Nullable RouteTree read(RouteFile file, Consumer<Problem> problems) {
        Place top = Place.of(file);
        String text = file.text();
        if (text == null) {
            problems.accept(Problem.error(top, "the file " + file.fault()));
            return null;
        }
        int conflict =
                text.lines().map(CONFLICT.asMatchPredicate()::test).toList().indexOf(true);
        if (conflict >= 0) {
            problems.accept(Problem.error(
                    new Place(file.name(), conflict + 1, 1),
                    "a conflict of git is left here; keep one of the two sides, and take the three marks out"));
            return null;
        }
        Optional<Node> root;
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file.name()).build();
            Place tooDeep = tooDeep(file, settings, text);
            if (tooDeep != null) {
                problems.accept(Problem.error(
                        tooDeep, "nested more than " + DEEPEST + " levels deep; no route is, is it another file?"));
                return null;
            }
            root = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            problems.accept(Problem.error(place(file, e), sentence(e)));
            return null;
        } catch (RuntimeException e) {
            problems.accept(Problem.error(top, "this is not YAML: " + e.getMessage()));
            return null;
        }
        if (root.isEmpty() || isEmpty(root.get())) {
            problems.accept(Problem.error(
                    top, "the file is empty; write a route, or delete the file to have none of this name"));
            return null;
        }
        if (!(root.get() instanceof SequenceNode list)) {
            problems.accept(Problem.error(
                    Place.of(file, root.get()), "a route file is a list: its first line reads '- route:'"));
            return null;
        }
        return new RouteTree(file, list);
    }

    /** Where it is nested too deep for what reads it by recursion; null when it is not. */
    private static @Nullable Place tooDeep(RouteFile file, LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                return place(file, event.getStartMark());
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return null;
    }

    /** What an editor shows as line and column: the place of the fault, not of what it was found in. */
    private static Place place(RouteFile file, MarkedYamlEngineException e) {
        return place(file, e.getProblemMark().or(e::getContextMark));
    }

    private static Place place(RouteFile file, Optional<Mark> found) {
        return found.map(mark -> new Place(file.name(), mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> Place.of(file));
    }

    private static String sentence(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("\\t")) {
            return "there is a tab; YAML is indented by blanks alone";
        }
        String where = e.getContextMark()
                .map(mark -> " (" + e.getContext() + " in line " + (mark.getLine() + 1) + ")")
                .orElse("");
        return "this is not YAML: " + problem + where
                + (problem.contains("expected <block end>") || problem.contains("mapping values")
                        ? "; is a line indented wrongly, or a text with a ': ' not in quotes?"
                        : "");
    }

    public Place place(@Nullable Node node) {
        return node == null ? Place.of(file) : Place.of(file, node);
    }

    public static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar
                && (scalar.getTag().equals(Tag.NULL) || (scalar.getValue().isEmpty() && scalar.isPlain()));
    }

    public static List<NodeTuple> entries(@Nullable Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    public static String name(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
    }

    /** Null when there is none. */
    public static @Nullable Node value(@Nullable Node mapping, String name) {
        return entries(mapping).stream()
                .filter(entry -> name(entry).equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }

    /** The text of an option; null when there is none. */
    public static @Nullable String text(@Nullable Node mapping, String name) {
        return value(mapping, name) instanceof ScalarNode scalar && !isEmpty(scalar) ? scalar.getValue() : null;
    }
}
