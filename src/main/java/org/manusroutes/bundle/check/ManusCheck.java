package org.manusroutes.bundle.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteTree;
import org.manusroutes.bundle.check.Uses.EndpointUse;
import org.manusroutes.bundle.check.Uses.Option;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Whether the steps {@code manus:...} know their task, and have a key to reach the API with. */
final class ManusCheck {
    private static final String TASK_ID = "CamelManusTaskId";

    /** Those that are about a task which is there. */
    private static final Set<String> ABOUT_A_TASK = Set.of("sendMessage", "stopTask", "task", "messages");

    private final Environment environment;
    private final Consumer<Problem> problems;
    /** The files that say which task it is. */
    private final Set<RouteTree> naming = new HashSet<>();

    ManusCheck(Environment environment, Consumer<Problem> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** All files: the header may be set in the route that calls another one. */
    void check(Map<RouteTree, Uses> trees) {
        trees.forEach((tree, uses) -> {
            if (setsHeader(tree.root()) || uses.endpoints().stream().anyMatch(use -> is(use, "createTask"))) {
                naming.add(tree);
            }
        });
        trees.forEach((tree, uses) -> uses.endpoints().stream()
                .filter(use -> use.scheme().equals("manus"))
                .forEach(use -> check(use, maySayWhich(tree, uses.endpoints()))));
    }

    private void check(EndpointUse use, boolean maySayWhich) {
        if (!StringUtils.hasText(environment.getProperty("manus.api.key"))) {
            problems.accept(Problem.warning(
                    use.place(), "without manus.api.key (in the environment: MANUS_API_KEY) this step fails"));
        }
        String operation = operation(use);
        if (ABOUT_A_TASK.contains(operation) && !use.options().containsKey("taskId") && !maySayWhich) {
            problems.accept(Problem.error(
                    use.place(),
                    "'manus:" + operation + "' needs the option 'taskId', or before it the header " + TASK_ID
                            + "; that of the event's task is ${variable.taskId}"));
        }
    }

    private boolean maySayWhich(RouteTree tree, List<EndpointUse> endpoints) {
        boolean called = endpoints.stream()
                .anyMatch(use -> use.step().equals("from") && use.scheme().equals("direct"));
        return naming.contains(tree) || (called && !naming.isEmpty());
    }

    private static boolean is(EndpointUse use, String operation) {
        return use.scheme().equals("manus") && operation(use).equals(operation);
    }

    private static String operation(EndpointUse use) {
        Option option = use.options().get("operation");
        return option == null ? use.path() : option.value();
    }

    private static boolean setsHeader(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().anyMatch(ManusCheck::setsHeader);
        }
        for (NodeTuple entry : RouteTree.entries(node)) {
            Node value = entry.getValueNode();
            boolean sets =
                    switch (RouteTree.name(entry)) {
                        case "setHeader" -> TASK_ID.equals(RouteTree.text(value, "name"));
                        case "headers" ->
                            value instanceof SequenceNode several
                                    && several.getValue().stream()
                                            .anyMatch(one -> TASK_ID.equals(RouteTree.text(one, "name")));
                        default -> false;
                    };
            if (sets || setsHeader(value)) {
                return true;
            }
        }
        return false;
    }
}
