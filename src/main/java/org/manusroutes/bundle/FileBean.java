package org.manusroutes.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A bean that a file defines, an item of {@code - beans:}.
 *
 * @param tree the file
 * @param node name, type, constructors, properties: Camel's bean factory
 */
public record FileBean(RouteTree tree, Node node) {
    /** Key of the element. */
    public static final String BEANS = "beans";

    private static final Pattern REFERENCE = Pattern.compile("#(?:bean:)?([\\w.-]+)");

    /** Those of a file, in their order. */
    public static List<FileBean> in(RouteTree tree) {
        List<FileBean> beans = new ArrayList<>();
        for (Node element : tree.root().getValue()) {
            if (RouteTree.value(element, BEANS) instanceof SequenceNode list) {
                list.getValue().forEach(item -> beans.add(new FileBean(tree, item)));
            }
        }
        return beans;
    }

    /** Those of all files that can be read. */
    public static List<FileBean> in(Bundle bundle) {
        List<FileBean> beans = new ArrayList<>();
        for (RouteFile file : bundle.files().values()) {
            RouteTree tree = mentions(file) ? RouteTree.read(file, unreadable -> {}) : null;
            if (tree != null) {
                beans.addAll(in(tree));
            }
        }
        return beans;
    }

    private static boolean mentions(RouteFile file) {
        return file.text() != null && file.text().contains(BEANS);
    }

    /** The file's text with blank lines in the place of its beans, which Camel would make anew when it loads it. */
    public static String textWithout(RouteFile file) {
        String text = String.valueOf(file.text());
        RouteTree tree = mentions(file) ? RouteTree.read(file, unreadable -> {}) : null;
        if (tree == null) {
            return text;
        }
        List<String> lines = text.lines().collect(Collectors.toCollection(ArrayList::new));
        List<Node> elements = tree.root().getValue();
        for (int i = 0; i < elements.size(); i++) {
            if (RouteTree.value(elements.get(i), BEANS) != null) {
                int from = tree.place(elements.get(i)).line() - 1;
                int to = i + 1 < elements.size()
                        ? tree.place(elements.get(i + 1)).line() - 1
                        : lines.size();
                lines.subList(from, to).replaceAll(line -> "");
            }
        }
        String rest = String.join("\n", lines);
        return rest.isBlank() ? "[]" : rest; // what is empty, Camel refuses
    }

    public Place place() {
        return tree.place(node);
    }

    /** Where an option stands; where the bean begins when it has none of that name. */
    public Place place(String option) {
        Node value = RouteTree.value(node, option);
        return value == null ? place() : tree.place(value);
    }

    /** Where an entry of a map stands, such as one of the properties. */
    public Place place(String option, String key) {
        Node value = RouteTree.value(RouteTree.value(node, option), key.replaceFirst("[.\\[].*", ""));
        return value == null ? place(option) : tree.place(value);
    }

    public @Nullable String name() {
        return text("name");
    }

    /** The name of its class, also when written as {@code #class:com.acme.Pool}; null for a factory or a script. */
    public @Nullable String type() {
        String type = text("type");
        return type == null ? null : type.replaceFirst("^#class:", "").replaceFirst("[(#].*", "");
    }

    public @Nullable String text(String option) {
        return RouteTree.text(node, option);
    }

    /** A map of texts, those of nested maps as {@code outer.inner}. */
    public Map<String, String> map(String option) {
        Map<String, String> values = new LinkedHashMap<>();
        flatten("", RouteTree.value(node, option), values);
        return values;
    }

    private static void flatten(String prefix, @Nullable Node node, Map<String, String> values) {
        for (NodeTuple entry : RouteTree.entries(node)) {
            String name = prefix + RouteTree.name(entry);
            if (entry.getValueNode() instanceof ScalarNode scalar) {
                values.put(name, scalar.getValue());
            } else if (entry.getValueNode() instanceof SequenceNode list) {
                int index = 0;
                for (Node item : list.getValue()) {
                    if (item instanceof ScalarNode scalar) {
                        values.put(name + "[" + index++ + "]", scalar.getValue());
                    } else {
                        flatten(name + "[" + index++ + "].", item, values);
                    }
                }
            } else {
                flatten(name + ".", entry.getValueNode(), values);
            }
        }
    }

    /** Names of beans that this one is made of. */
    public Set<String> references() {
        Set<String> names = new TreeSet<>();
        if (text("factoryBean") != null) {
            names.add(String.valueOf(text("factoryBean")));
        }
        for (String option : List.of("constructors", "properties")) {
            for (String value : map(option).values()) {
                Matcher reference = REFERENCE.matcher(value);
                if (reference.matches()) {
                    names.add(reference.group(1));
                }
            }
        }
        return names;
    }
}
