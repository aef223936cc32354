package org.manusroutes.bundle.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.FileBean;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.RouteTree;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What a route file uses of the world around it, with the place of each. */
record Uses(List<EndpointUse> endpoints, List<ExpressionUse> expressions, List<BeanUse> beans, List<Setting> settings) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}:!?]+)([:?!][^}]*)?}}");

    /** Options whose text names a bean, also without a {@code #}. */
    private static final Set<String> BEAN_OPTIONS =
            Set.of("aggregationStrategy", "idempotentRepository", "onPrepare", "aggregationRepository");

    /** Steps that ask yes or no. */
    private static final Set<String> PREDICATES =
            Set.of("when", "filter", "onWhen", "validate", "completionPredicate", "handled", "continued", "retryWhile");

    /** Below these, nothing is sure to happen. */
    private static final Set<String> CONDITIONS = Set.of(
            "choice", "filter", "idempotentConsumer", "doCatch", "split", "loop", "onException", "circuitBreaker");

    /**
     * @param step {@code from}, {@code to}, {@code toD}, ...
     * @param options as under {@code parameters}, with where each stands
     * @param sure whether each event that enters the route comes here
     */
    record EndpointUse(Place place, String step, String uri, Map<String, Option> options, boolean sure) {
        String scheme() {
            return StringHelper.before(uri, ":", uri);
        }

        /** What comes after the scheme; empty when all is in the options. */
        String path() {
            return StringHelper.after(uri, ":", "");
        }

        /** The name of a {@code direct} endpoint; null when it is only known when an event is there. */
        @Nullable
        String directName() {
            Option name = options.get("name");
            String text = name == null ? path() : name.value();
            return text.matches("[\\w.-]+") ? text : null;
        }
    }

    record Option(Place key, Place place, String value) {}

    /** @param column of the expression's first character; 0 when it is folded over lines */
    record ExpressionUse(Place place, String language, String text, boolean predicate, int column) {}

    /** @param name without the {@code #} or {@code #bean:} that may stand before it */
    record BeanUse(
            Place place,
            String name,
            @Nullable String method,
            @Nullable Place methodPlace) {
        BeanUse {
            name = name.replaceFirst("^#(bean:)?", "");
        }

        static BeanUse named(Place place, String name) {
            return new BeanUse(place, name, null, null);
        }
    }

    record Setting(Place place, String key, boolean hasDefault) {}

    static Uses in(RouteTree tree) {
        Uses uses = new Uses(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        uses.new Collector(tree).visit(tree.root(), "", "", true);
        return uses;
    }

    private final class Collector {
        private final RouteTree tree;

        Collector(RouteTree tree) {
            this.tree = tree;
        }

        /** @param owner the option that the node is the value of; {@code above} the one over that */
        void visit(Node node, String owner, String above, boolean sure) {
            if (node instanceof SequenceNode list) {
                list.getValue().forEach(item -> visit(item, owner, above, sure));
                return;
            }
            if (node instanceof ScalarNode scalar) {
                text(scalar, owner);
                return;
            }
            if (owner.equals(FileBean.BEANS) || above.equals(FileBean.BEANS)) {
                // what a bean is made of is looked at by BeanCheck, but for settings
                RouteTree.entries(node).forEach(entry -> visit(entry.getValueNode(), "", FileBean.BEANS, sure));
                return;
            }
            if (owner.equals("expression")) {
                expression(node, above);
            }
            String uri = RouteTree.text(node, "uri");
            if (uri != null) {
                endpoints.add(new EndpointUse(
                        tree.place(RouteTree.value(node, "uri")),
                        owner,
                        uri,
                        options(RouteTree.value(node, "parameters")),
                        sure));
            }
            bean(node);
            for (NodeTuple entry : RouteTree.entries(node)) {
                String name = RouteTree.name(entry);
                visit(entry.getValueNode(), name, owner, sure && !CONDITIONS.contains(name));
            }
        }

        private void text(ScalarNode scalar, String owner) {
            Matcher placeholder = PLACEHOLDER.matcher(scalar.getValue());
            while (placeholder.find()) {
                settings.add(new Setting(
                        tree.place(scalar),
                        placeholder.group(1).strip(),
                        placeholder.group(2) != null && placeholder.group(2).startsWith(":")));
            }
            String value = scalar.getValue();
            if (BEAN_OPTIONS.contains(owner) && value.matches("#?[\\w.-]+")) {
                beans.add(BeanUse.named(tree.place(scalar), value));
            }
        }

        /** The step {@code bean} and the expression {@code method}: ref and method side by side. */
        private void bean(Node node) {
            String ref = RouteTree.text(node, "ref");
            if (ref == null || ref.contains("${") || ref.contains("{{")) {
                return;
            }
            Node method = RouteTree.value(node, "method");
            beans.add(new BeanUse(
                    tree.place(RouteTree.value(node, "ref")),
                    ref,
                    RouteTree.text(node, "method"),
                    method == null ? null : tree.place(method)));
        }

        private void expression(Node node, String step) {
            for (NodeTuple entry : RouteTree.entries(node)) {
                Node text = RouteTree.value(entry.getValueNode(), "expression");
                if (text instanceof ScalarNode scalar) {
                    boolean oneLine = scalar.getScalarStyle() != ScalarStyle.FOLDED
                            && scalar.getScalarStyle() != ScalarStyle.LITERAL;
                    Place place = tree.place(scalar);
                    int column = oneLine ? place.column() + (scalar.isPlain() ? 0 : 1) : 0;
                    expressions.add(new ExpressionUse(
                            place, RouteTree.name(entry), scalar.getValue(), PREDICATES.contains(step), column));
                }
            }
        }

        private Map<String, Option> options(@Nullable Node parameters) {
            Map<String, Option> options = new LinkedHashMap<>();
            for (NodeTuple entry : RouteTree.entries(parameters)) {
                String value = entry.getValueNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                options.put(
                        RouteTree.name(entry),
                        new Option(tree.place(entry.getKeyNode()), tree.place(entry.getValueNode()), value));
            }
            return options;
        }
    }
}
