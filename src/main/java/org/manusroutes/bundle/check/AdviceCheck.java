package org.manusroutes.bundle.check;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.FileBean;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteTree;
import org.manusroutes.event.EventVariables;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.text.Suggestion;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Warns of what Camel takes and what an operator rarely means: the rules of {@code routes/README.md}. */
final class AdviceCheck {
    private static final Set<String> VARIABLES = Set.of(
            EventVariables.EVENT_KEY,
            EventVariables.EVENT_ID,
            EventVariables.EVENT_TYPE,
            EventVariables.TASK_ID,
            EventVariables.STOP_REASON,
            EventVariables.ATTEMPT,
            EventVariables.RECEIVED_AT,
            EventVariables.ARRIVAL,
            EventVariables.BUNDLE_VERSION,
            "headline",
            "slackChannel",
            "question",
            "taskStarted",
            "fetched");

    private static final Set<String> STOP_REASONS = Set.of("finish", "ask");
    private static final Pattern VARIABLE = Pattern.compile("\\bvariable\\.(\\w+)");
    private static final Pattern COMPARED =
            Pattern.compile("(eventType|event_type|stopReason|stop_reason)]*\\}?\\s*[!=]=\\s*'(\\w+)'");

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|passwd|secret|token|apikey|privatekey)");

    private final Consumer<Problem> problems;
    /** Manus adds some over time. */
    private final Set<String> eventTypes = new HashSet<>(Set.of("task_created", "task_progress", "task_stopped"));

    private final Set<String> variables = new HashSet<>(VARIABLES);

    AdviceCheck(Consumer<Problem> problems) {
        this.problems = problems;
        eventTypes.addAll(InternalEvents.TYPES);
    }

    /** All files: a variable that one route sets, another one reads. */
    void check(Map<RouteTree, Uses> trees) {
        trees.keySet().forEach(tree -> collect(tree.root()));
        trees.forEach((tree, uses) -> {
            uses.expressions().forEach(use -> checkExpression(use.place(), use.language(), use.text()));
            new StepAdvice(tree, problems).check();
            FileBean.in(tree).forEach(this::checkSecrets);
        });
    }

    private void collect(Node node) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::collect);
        }
        for (NodeTuple entry : RouteTree.entries(node)) {
            String name = RouteTree.name(entry);
            Node value = entry.getValueNode();
            if (Set.of("setVariable", "removeVariable").contains(name)) {
                variables.add(String.valueOf(RouteTree.text(value, "name")));
            } else if (name.equals("setVariables")
                    && RouteTree.value(value, "variables") instanceof SequenceNode several) {
                several.getValue().forEach(one -> variables.add(String.valueOf(RouteTree.text(one, "name"))));
            } else if (name.equals("variableReceive") && value instanceof ScalarNode text) {
                variables.add(text.getValue());
            }
            collect(value);
        }
    }

    private void checkExpression(Place place, String language, String text) {
        if (language.equals("constant")) {
            if (text.contains("${")) {
                warn(place, "a constant is taken as it stands; for ${...} the language is simple");
            }
            return;
        }
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String name = variable.group(1);
            if (!variables.contains(name)) {
                warn(place, "no route sets the variable '" + name + "'", Suggestion.of(name, variables));
            }
        }
        Matcher compared = COMPARED.matcher(text);
        while (compared.find()) {
            boolean type = compared.group(1).endsWith("ype");
            Set<String> known = type ? eventTypes : STOP_REASONS;
            String meant = known.contains(compared.group(2)) ? null : Suggestion.of(compared.group(2), known);
            if (meant != null) {
                warn(
                        place,
                        "'" + compared.group(2) + "' is no " + (type ? "event type" : "stop reason") + " of Manus",
                        meant);
            }
        }
    }

    private void checkSecrets(FileBean bean) {
        bean.map("properties").forEach((name, value) -> {
            if (isPlainSecret(name, value)) {
                warn(bean.place("properties", name), plainSecret(name));
            }
        });
    }

    static boolean isPlainSecret(String name, String value) {
        return SECRET.matcher(name).matches() && isPlain(value);
    }

    static boolean isPlain(String value) {
        return !value.isEmpty() && !value.contains("{{") && !value.contains("${") && !value.startsWith("#");
    }

    static String plainSecret(String name) {
        return "'" + name + "' is a secret in plain text: write {{ENV_NAME}}, and set it in the environment";
    }

    private void warn(Place place, String what) {
        problems.accept(Problem.warning(place, what));
    }

    private void warn(Place place, String what, @Nullable String suggestion) {
        problems.accept(Problem.warning(place, what, suggestion));
    }
}
