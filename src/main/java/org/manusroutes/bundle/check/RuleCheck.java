package org.manusroutes.bundle.check;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.EngineContract;
import org.manusroutes.bundle.FileBean;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteTree;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** The rules of the folder that go beyond Camel's schema: names, and what each file holds. */
final class RuleCheck {
    /** What Camel's files may hold, and these may not: it would count for other files too, or is code. */
    private static final Set<String> OTHERS = Set.of(
            "dataFormats",
            "errorHandler",
            "intercept",
            "interceptFrom",
            "interceptSendToEndpoint",
            "onCompletion",
            "onException",
            "rest",
            "restConfiguration",
            "routeTemplate",
            "templatedRoute");

    private static final Set<String> OF_A_CONFIGURATION = Set.of(
            "errorHandler", "intercept", "interceptFrom", "interceptSendToEndpoint", "onCompletion", "onException");

    private final RouteTree tree;
    private final Consumer<Problem> problems;

    RuleCheck(RouteTree tree, Consumer<Problem> problems) {
        this.tree = tree;
        this.problems = problems;
    }

    /** The file's one route or configuration, beside its beans; null when it has another form, or beans alone. */
    @Nullable
    Node check() {
        List<Node> elements = tree.root().getValue().stream()
                .filter(element -> RouteTree.value(element, FileBean.BEANS) == null)
                .toList();
        if (elements.size() > 1) {
            error(elements.get(1), "a second element in one file; give each route a file of its own");
        }
        List<NodeTuple> entries = RouteTree.entries(elements.isEmpty() ? null : elements.get(0));
        if (entries.isEmpty()) {
            return null;
        }
        String kind = RouteTree.name(entries.get(0));
        Node element = entries.get(0).getValueNode();
        if (kind.equals("from")) {
            error(
                    entries.get(0).getKeyNode(),
                    "this is the short form of a route; write '- route:', and below it its id and 'from:'");
        } else if (kind.equals("route") || kind.equals("routeConfiguration")) {
            checkNames(kind, element);
            return element;
        } else if (OTHERS.contains(kind)) {
            error(
                    entries.get(0).getKeyNode(),
                    OF_A_CONFIGURATION.contains(kind)
                            ? "'" + kind + "' belongs into a routeConfiguration, such as error-handling.camel.yaml"
                            : "'" + kind + "' may not stand in a route file; it holds one route or routeConfiguration,"
                                    + " and beans");
        }
        return null;
    }

    private void checkNames(String kind, Node element) {
        String id = RouteTree.text(element, "id");
        String name = tree.file().id();
        if (id == null) {
            error(element, "the " + kind + " has no id; write 'id: " + name + "', like the file");
        } else if (EngineContract.ENGINE_ROUTES.contains(id)) {
            error(place(element, "id"), "'" + id + "' is a route of the engine; choose another id and file name");
        } else if (!id.equals(name)) {
            error(
                    place(element, "id"),
                    "the id is '" + id + "', the file is called '" + name + "'; they must be the same");
        }
        Node from = RouteTree.value(element, "from");
        if (kind.equals("route") && "direct".equals(RouteTree.text(from, "uri"))) {
            Node parameters = RouteTree.value(from, "parameters");
            String direct = RouteTree.text(parameters, "name");
            if (direct != null && !direct.equals(name)) {
                error(
                        place(parameters, "name"),
                        "the route listens on direct:" + direct + "; it must be direct:" + name + ", like the file");
            }
        }
        if (RouteTree.text(element, "description") == null) {
            problems.accept(Problem.warning(tree.place(element), "no description; say in one line what it does"));
        }
    }

    private static Node place(@Nullable Node mapping, String name) {
        Node value = RouteTree.value(mapping, name);
        if (value == null) {
            throw new IllegalStateException("no " + name);
        }
        return value;
    }

    private void error(Node node, String what) {
        problems.accept(Problem.error(tree.place(node), what));
    }
}
