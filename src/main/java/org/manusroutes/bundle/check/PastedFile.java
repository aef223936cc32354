package org.manusroutes.bundle.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.manusroutes.bundle.FileBean;
import org.manusroutes.bundle.RouteFile;
import org.manusroutes.bundle.RouteTree;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A file as somebody has pasted it, from Camel's documentation, from Camel K or from Camel JBang: short forms, several
 * routes, comments. Becomes the files that the folder's rules ask for.
 */
final class PastedFile {
    private static final LoadSettings WITH_COMMENTS =
            LoadSettings.builder().setParseComments(true).build();

    /** Of a Camel K {@code Integration}: what holds its routes. */
    private static final String FLOWS = "flows";

    private final RouteFile file;
    private final String text;

    private PastedFile(RouteFile file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * The files to be in its place, by name: one when it holds one route.
     *
     * @throws IllegalArgumentException when it cannot be done without losing something; says what
     */
    static Map<String, SequenceNode> split(RouteFile file) {
        String text = file.text();
        try {
            return text == null ? Map.of() : new PastedFile(file, text).split();
        } catch (YamlEngineException notYaml) {
            return Map.of(); // a check says where
        }
    }

    private Map<String, SequenceNode> split() {
        Optional<Node> root = new Compose(WITH_COMMENTS).composeString(text);
        if (root.isEmpty() || RouteTree.isEmpty(root.get())) {
            return Map.of();
        }
        Notes notes = new Notes();
        SequenceNode written = new LongForm(DslSchema.shared()).of(elements(root.get()), notes);
        List<Node> beans = new ArrayList<>();
        List<Node> routes = new ArrayList<>();
        for (Node element : written.getValue()) {
            (RouteTree.value(element, FileBean.BEANS) == null ? routes : beans).add(element);
        }
        Map<String, SequenceNode> files = new LinkedHashMap<>();
        for (Node route : routes) {
            String kind = RouteTree.entries(route).stream()
                    .findFirst()
                    .map(RouteTree::name)
                    .orElse("");
            if (!kind.equals("route") && !kind.equals("routeConfiguration")) {
                return Map.of(); // a check says that it may not stand here
            }
            Map<String, Node> options = Nodes.options(RouteTree.value(route, kind));
            String id = id(options, routes.size() > 1, files.keySet());
            options.put("id", Nodes.text(id));
            List<Node> elements = new ArrayList<>(files.isEmpty() ? beans : List.of());
            elements.add(Nodes.mapping(Map.of(kind, notes.addTo(Nodes.mapping(options)))));
            files.put(id + RouteFile.SUFFIX, Nodes.list(elements));
        }
        if (routes.isEmpty()) {
            files.put(file.name(), written);
        }
        if (notes.kept() < comments()) {
            throw new IllegalArgumentException("it has comments that would be lost; make them a description or a note");
        }
        return files;
    }

    /** What the file lists; also where it is one element, or a resource of Camel K. */
    private static SequenceNode elements(Node root) {
        if (root instanceof SequenceNode list) {
            return list;
        }
        String version = RouteTree.text(root, "apiVersion");
        if (version == null || !version.startsWith("camel.apache.org/")) {
            return Nodes.list(List.of(root));
        }
        Node spec = RouteTree.value(root, "spec");
        if (!(RouteTree.value(spec, FLOWS) instanceof SequenceNode flows)) {
            throw new IllegalArgumentException(
                    "a " + RouteTree.text(root, "kind") + " without spec." + FLOWS + " is no route");
        }
        RouteTree.entries(spec).stream()
                .map(RouteTree::name)
                .filter(name -> !name.equals(FLOWS))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException("spec." + other + " would be lost; put what it says into"
                            + " application.yaml, or into lib/ by 'lib add', and take it out");
                });
        return flows;
    }

    /** A route on direct is called like that; another one like the file, or like itself where there are several. */
    private String id(Map<String, Node> route, boolean several, Set<String> taken) {
        Node from = route.get("from");
        String direct = "direct".equals(RouteTree.text(from, "uri"))
                ? RouteTree.text(RouteTree.value(from, "parameters"), "name")
                : null;
        String own = several && route.get("id") instanceof ScalarNode id
                ? id.getValue().replaceAll("[^\\w.-]+", "-")
                : file.id();
        String id = direct == null ? own : direct;
        for (int i = 2; taken.contains(id + RouteFile.SUFFIX); i++) {
            id = own + "-" + i;
        }
        return id;
    }

    private long comments() {
        long comments = 0;
        for (var event : new Parse(WITH_COMMENTS).parseString(text)) {
            if (event instanceof CommentEvent comment && Notes.says(new CommentLine(comment))) {
                comments++;
            }
        }
        return comments;
    }
}
