package org.manusroutes.bundle.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteTree;
import org.manusroutes.bundle.check.DslSchema.Kind;
import org.manusroutes.bundle.check.DslSchema.Shape;
import org.manusroutes.text.Excerpt;
import org.manusroutes.text.Suggestion;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Whether a file says what Camel's schema allows, in its canonical form. */
final class FormCheck {
    /** More of a value nobody needs to see. */
    private static final int LONGEST = 43;

    private static final Set<String> ERROR_HANDLERS = Set.of(
            "deadLetterChannel",
            "defaultErrorHandler",
            "jtaTransactionErrorHandler",
            "noErrorHandler",
            "refErrorHandler",
            "springTransactionErrorHandler");

    private final DslSchema schema;
    private final RouteTree tree;
    private final Consumer<Problem> problems;

    FormCheck(DslSchema schema, RouteTree tree, Consumer<Problem> problems) {
        this.schema = schema;
        this.tree = tree;
        this.problems = problems;
    }

    void check() {
        check(tree.root(), schema.file(), "the file");
    }

    private void check(Node node, Shape shape, String owner) {
        switch (shape.kind()) {
            case LIST -> checkList(node, shape, owner);
            case OPEN -> {
                if (!(node instanceof MappingNode)) {
                    error(node, "'" + owner + "' takes options by name, each on a line of its own below it");
                }
            }
            case TEXT, NUMBER, BOOLEAN -> checkValue(node, shape, owner);
            default -> checkOptions(node, shape, owner);
        }
    }

    private void checkList(Node node, Shape shape, String owner) {
        if (!(node instanceof SequenceNode list)) {
            error(node, "'" + owner + "' takes a list: lines that begin with '- ', indented below it");
            return;
        }
        JsonNode items = shape.items();
        if (items != null) {
            list.getValue().forEach(item -> check(item, schema.shape(items), owner));
        }
    }

    private void checkValue(Node node, Shape shape, String owner) {
        if (!(node instanceof ScalarNode scalar)) {
            error(node, "'" + owner + "' takes " + noun(shape.kind()) + ", not further lines below it");
            return;
        }
        String value = scalar.getValue();
        if (value.contains("{{")) {
            return; // known when the setting is read
        }
        if (shape.kind() == Kind.BOOLEAN && !value.equals("true") && !value.equals("false")) {
            error(node, "'" + owner + "' is true or false, not '" + shown(value) + "'");
        } else if (shape.kind() == Kind.NUMBER && !value.matches("-?\\d+(\\.\\d+)?")) {
            error(node, "'" + owner + "' takes a number, not '" + shown(value) + "'");
        } else if (!shape.values().isEmpty() && !shape.values().contains(value)) {
            problems.accept(Problem.error(
                    tree.place(node),
                    "'" + owner + "' is one of " + String.join(", ", shape.values()) + ", not '" + shown(value) + "'",
                    Suggestion.of(value, shape.values())));
        }
    }

    static String shown(String value) {
        return Excerpt.of(value.replace('\n', ' '), LONGEST);
    }

    private static String noun(Kind kind) {
        return switch (kind) {
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "a text";
        };
    }

    private void checkOptions(Node node, Shape shape, String owner) {
        if (!(node instanceof MappingNode mapping)) {
            boolean empty = RouteTree.isEmpty(node);
            String must = shape.required().isEmpty() ? "options" : String.join(", ", shape.required());
            if (empty) {
                error(node, "'" + owner + "' is empty: it takes " + must + ", indented below it");
            } else if (node instanceof SequenceNode) {
                error(node, "'" + owner + "' takes options by name, not a list");
            } else {
                error(node, "this is the short form of '" + owner + "'; write " + must + ": on a line below it");
            }
            return;
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            String name = RouteTree.name(entry);
            if (!seen.add(name)) {
                error(entry.getKeyNode(), "'" + name + "' stands here a second time");
            }
            JsonNode option = shape.options().get(name);
            if (option == null) {
                unknown(mapping, entry, shape, owner);
            } else {
                check(entry.getValueNode(), schema.shape(option), name);
            }
        }
        if (shape.kind() == Kind.OPTIONS) {
            List<String> missing = new ArrayList<>(shape.required());
            missing.removeAll(seen);
            missing.removeIf(name -> name.equals("expression")
                    && seen.stream().anyMatch(shape.shortForms()::contains)); // said as a short form
            if (!missing.isEmpty()) {
                error(mapping, "'" + owner + "' needs '" + String.join("' and '", missing) + "'");
            }
        } else if (mapping.getValue().size() > 1 && seen.stream().allMatch(shape.options()::containsKey)) {
            error(
                    mapping.getValue().get(1).getKeyNode(),
                    "'" + String.join("' and '", seen) + "' stand in one item of a list; write '- ' before each");
        }
    }

    /** Most often a word misspelt, or a line indented too little. */
    private void unknown(MappingNode mapping, NodeTuple entry, Shape shape, String owner) {
        String name = RouteTree.name(entry);
        Node key = entry.getKeyNode();
        if (shape.shortForms().contains(name)) {
            error(key, "this is the short form of an expression; write 'expression:' and below it '" + name + ":'");
            return;
        }
        NodeTuple first = mapping.getValue().get(0);
        JsonNode before = shape.options().get(RouteTree.name(first));
        if (entry != first
                && before != null
                && shape.kind() != Kind.OPTIONS
                && schema.shape(before).options().containsKey(name)) {
            error(key, "'" + name + "' belongs to '" + RouteTree.name(first) + "': indent it further than that");
            return;
        }
        if (name.equals("steps") && owner.equals("route")) {
            error(key, "'steps' belongs to 'from': indent it further than that");
            return;
        }
        if (name.equals("steps") && shape.kind() == Kind.STEP) {
            error(key, "'- steps:' is no group; write its steps one after the other, or put them into a 'pipeline'");
            return;
        }
        if (ERROR_HANDLERS.contains(name)) {
            error(key, "'" + name + "' stands below the 'errorHandler' of a routeConfiguration");
            return;
        }
        String what =
                switch (shape.kind()) {
                    case ELEMENT ->
                        "unknown element '" + name + "': a file holds a route or a routeConfiguration, and beans";
                    case STEP -> "unknown step '" + name + "'";
                    case LANGUAGE -> "unknown expression language '" + name + "'";
                    default -> "unknown option '" + name + "' of '" + owner + "'";
                };
        problems.accept(Problem.error(
                tree.place(key), what, Suggestion.of(name, shape.options().keySet())));
    }

    private void error(Node node, String what) {
        problems.accept(Problem.error(tree.place(node), what));
    }
}
