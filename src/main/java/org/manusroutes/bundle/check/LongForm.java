package org.manusroutes.bundle.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.RouteTree;
import org.manusroutes.bundle.check.DslSchema.Kind;
import org.manusroutes.bundle.check.DslSchema.Shape;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The short forms of Camel's YAML, as its documentation uses them, written out: a text where options could stand, an
 * expression without {@code expression:}, options in the URI, kebab-case, {@code - from:}, {@code steps} beside
 * {@code from}. What is no short form stays as it is, for {@link FormCheck} to say.
 */
final class LongForm {
    /** What a text stands for where the schema does not require exactly one option: as Camel reads it. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("bean", "ref"),
            Map.entry("method", "ref"),
            Map.entry("interceptFrom", "uri"),
            Map.entry("rollback", "message"),
            Map.entry("sample", "samplePeriod"),
            Map.entry("setExchangePattern", "pattern"),
            Map.entry("avro", "instanceClassName"),
            Map.entry("csv", "delimiter"),
            Map.entry("protobuf", "instanceClass"),
            Map.entry("thrift", "instanceClass"));

    private static final Pattern OPTIONS = Pattern.compile("[\\w.-]+=[^&]*(&[\\w.-]+=[^&]*)*");

    private final DslSchema schema;

    LongForm(DslSchema schema) {
        this.schema = schema;
    }

    /** @param notes takes the comments that belong to none of the elements */
    SequenceNode of(SequenceNode file, Notes notes) {
        notes.takeFrom(file);
        Shape element = schema.shape(Objects.requireNonNull(schema.file().items()));
        return Nodes.list(file.getValue().stream()
                .map(item -> {
                    Notes own = notes.below();
                    Map<String, Node> written = Nodes.options(of(item, element, "", own));
                    written.replaceAll((kind, options) -> kind.startsWith("route") ? own.addTo(options) : options);
                    return Nodes.mapping(written);
                })
                .toList());
    }

    private Node of(Node node, Shape shape, String owner, Notes notes) {
        if (RouteTree.isEmpty(node) && !node.getInLineComments().isEmpty()) {
            throw new IllegalArgumentException("nothing but a comment stands behind '" + owner
                    + ":'; is it a text that begins with '#'? Put it in quotes");
        }
        notes.takeFrom(node);
        return switch (shape.kind()) {
            case LIST -> {
                JsonNode items = shape.items();
                yield items == null || !(node instanceof SequenceNode list)
                        ? plain(node, notes)
                        : Nodes.list(list.getValue().stream()
                                .map(item -> of(item, schema.shape(items), owner, notes))
                                .toList());
            }
            case ELEMENT, STEP, LANGUAGE, OPTIONS -> options(node, shape, owner, notes);
            default -> plain(node, notes);
        };
    }

    /** As it is, without its comments. */
    private static Node plain(Node node, Notes notes) {
        notes.takeFromAllIn(node);
        return node;
    }

    private Node options(Node node, Shape shape, String owner, Notes notes) {
        Map<String, Node> options = new LinkedHashMap<>();
        if (node instanceof ScalarNode text && !RouteTree.isEmpty(text)) {
            String meant = shape.kind() == Kind.OPTIONS ? meant(shape, owner) : null;
            if (meant == null || !shape.options().containsKey(meant)) {
                return node;
            }
            options.put(meant, text);
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (!option(entry, shape, options, notes)) {
                    return plain(node, notes);
                }
            }
        } else {
            return plain(node, notes);
        }
        if (shape.kind() == Kind.ELEMENT && options.containsKey("from")) {
            Node from = withSteps(options.remove("from"), options.remove("steps"));
            options.put("route", Nodes.mapping(Map.of("from", from)));
        } else if (owner.equals("route") && options.containsKey("from") && options.containsKey("steps")) {
            options.put("from", withSteps(options.get("from"), options.remove("steps")));
        }
        if (shape.options().containsKey("parameters")) {
            splitUri(options);
        }
        return Nodes.mapping(options);
    }

    private static @Nullable String meant(Shape shape, String owner) {
        List<String> needed =
                shape.required().stream().filter(name -> !name.equals("steps")).toList();
        return needed.size() == 1 ? needed.get(0) : MEANT.get(owner);
    }

    /** False when it stands there twice, or beside what it is short for. */
    private boolean option(NodeTuple entry, Shape shape, Map<String, Node> options, Notes notes) {
        String name = RouteTree.name(entry);
        Set<String> known = shape.options().keySet();
        boolean isShort = shape.shortForms().contains(name);
        if (!isShort && !known.contains(name)) {
            String camelCase = StringHelper.dashToCamelCase(name);
            isShort = shape.shortForms().contains(camelCase);
            name = isShort || known.contains(camelCase) ? camelCase : name;
        }
        JsonNode option = shape.options().get(isShort ? "expression" : name);
        Shape expected = option == null ? null : schema.shape(option);
        Node value = entry.getValueNode();
        if (isShort && expected != null) {
            value = Nodes.mapping(Map.of(name, value));
            name = "expression";
        }
        Notes own = expected != null && expected.options().containsKey("note") ? notes.below() : notes;
        own.takeFrom(entry.getKeyNode());
        Node written;
        if (expected != null) {
            written = of(value, expected, name, own);
        } else {
            boolean misplacedSteps = name.equals("steps") && (known.contains("from") || known.contains("route"));
            written = misplacedSteps ? steps(value, own) : plain(value, own);
        }
        return options.putIfAbsent(name, own == notes ? written : own.addTo(written)) == null;
    }

    private Node steps(Node value, Notes notes) {
        Shape route = schema.shape(Objects.requireNonNull(schema.file().items()));
        Shape from = schema.shape(Objects.requireNonNull(route.options().get("from")));
        return of(value, schema.shape(Objects.requireNonNull(from.options().get("steps"))), "steps", notes);
    }

    private static Node withSteps(Node from, @Nullable Node steps) {
        if (steps == null || RouteTree.value(from, "steps") != null) {
            return from;
        }
        Map<String, Node> options = Nodes.options(from);
        options.put("steps", steps);
        return Nodes.mapping(options);
    }

    /** The options of the URI become parameters, and so does what names a direct endpoint. */
    private static void splitUri(Map<String, Node> options) {
        if (!(options.get("uri") instanceof ScalarNode uri)
                || uri.getValue().startsWith("{{")
                || uri.getValue().startsWith("${")) {
            return;
        }
        String query = StringHelper.after(uri.getValue(), "?", "");
        if (!query.isEmpty() && !OPTIONS.matcher(query).matches()) {
            return; // ${header.query} may be several
        }
        String endpoint = StringHelper.before(uri.getValue(), "?", uri.getValue());
        Map<String, Node> parameters = Nodes.options(options.get("parameters"));
        int given = parameters.size();
        Map<String, Object> ofUri = query(query);
        if (endpoint.matches("direct:(//)?[\\w.-]+")) {
            ofUri.put("name", endpoint.replaceFirst("direct:(//)?", ""));
            endpoint = "direct";
        }
        if (ofUri.keySet().stream().anyMatch(parameters::containsKey)
                || ofUri.values().stream().anyMatch(value -> !(value instanceof String))) {
            return; // which of them counts is not ours to say
        }
        ofUri.forEach((name, value) -> parameters.put(name, Nodes.text((String) value)));
        if (parameters.size() > given) {
            options.put("uri", Nodes.text(endpoint));
            options.put("parameters", Nodes.mapping(parameters));
        }
    }

    /** Of a URI, undone; a {@code RAW(..)} stays. */
    private static Map<String, Object> query(String query) {
        try {
            return new LinkedHashMap<>(URISupport.parseQuery(query));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the options of a URI cannot be read: " + e.getMessage(), e);
        }
    }
}
