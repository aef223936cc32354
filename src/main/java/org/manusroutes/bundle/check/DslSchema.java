package org.manusroutes.bundle.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Camel's own schema of its YAML, which camel-yaml-dsl carries, read as far as the canonical form goes: the short forms
 * (text where options could stand, an expression's language without {@code expression:}) are left out.
 */
final class DslSchema {
    private static final String FILE = "/schema/camelYamlDsl.json";
    private static final String STEP = "org.apache.camel.model.ProcessorDefinition";
    private static final String EXPRESSION = "org.apache.camel.model.language.ExpressionDefinition";

    private static final SingletonSupplier<DslSchema> SHARED = SingletonSupplier.of(DslSchema::read);

    private final JsonNode root;
    private final Set<String> languages;
    private final IdentityHashMap<JsonNode, Shape> shapes = new IdentityHashMap<>();

    private DslSchema(JsonNode root) {
        this.root = root;
        this.languages = make(new JsonMapper().createObjectNode().put("$ref", "#/items/definitions/" + EXPRESSION))
                .options()
                .keySet();
    }

    /** Read once, when it is first needed; not for several threads after that. */
    static DslSchema shared() {
        return SHARED.obtain();
    }

    private static DslSchema read() {
        try (InputStream text = DslSchema.class.getResourceAsStream(FILE)) {
            return new DslSchema(new JsonMapper().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException("camel-yaml-dsl has no " + FILE, e);
        }
    }

    /** What kind of thing may stand somewhere. */
    enum Kind {
        /** An element of a file: route, routeConfiguration. */
        ELEMENT,
        STEP,
        /** The language of an expression. */
        LANGUAGE,
        /** Options by name. */
        OPTIONS,
        /** Anything by name: the parameters of an endpoint. */
        OPEN,
        LIST,
        TEXT,
        NUMBER,
        BOOLEAN
    }

    /**
     * @param options by name, with the schema of their values
     * @param required names that must be there
     * @param shortForms names that only a short form knows: the languages of an expression
     * @param values all that the text may be; empty for any
     * @param items of a list; null for none
     */
    record Shape(
            Kind kind,
            Map<String, JsonNode> options,
            Set<String> required,
            Set<String> shortForms,
            List<String> values,
            @Nullable JsonNode items) {}

    Shape file() {
        return shape(root);
    }

    /** Names of all languages that an expression may be in, installed or not. */
    Set<String> languages() {
        return languages;
    }

    Shape shape(JsonNode schema) {
        Shape known = shapes.get(schema);
        if (known == null) {
            known = make(schema);
            shapes.put(schema, known);
        }
        return known;
    }

    private Shape make(JsonNode schema) {
        JsonNode whole = schema;
        boolean step = false;
        boolean language = false;
        while (whole.has("$ref") && !whole.has("properties")) {
            String reference = whole.path("$ref").asText();
            step |= reference.endsWith(STEP);
            language |= reference.endsWith(EXPRESSION);
            whole = target(reference);
        }
        if (whole.path("type").asText().equals("array")) {
            return scalar(Kind.LIST, whole);
        }
        Map<String, JsonNode> options = new LinkedHashMap<>();
        Set<String> required = new LinkedHashSet<>();
        gather(whole, options, required, language);
        Set<String> shortForms = new LinkedHashSet<>();
        if (!language && options.containsKey("expression")) {
            options.entrySet().removeIf(option -> {
                boolean isShort = option.getValue().isEmpty();
                if (isShort) {
                    shortForms.add(option.getKey());
                }
                return isShort;
            });
        }
        if (options.isEmpty()) {
            return switch (whole.path("type").asText()) {
                case "object" -> scalar(Kind.OPEN, whole);
                case "number", "integer" -> scalar(Kind.NUMBER, whole);
                case "boolean" -> scalar(Kind.BOOLEAN, whole);
                default -> scalar(Kind.TEXT, whole);
            };
        }
        @SuppressWarnings("ReferenceEquality") // this very node, not one that says the same
        boolean element = whole == root.path("items");
        Kind kind = element ? Kind.ELEMENT : step ? Kind.STEP : language ? Kind.LANGUAGE : Kind.OPTIONS;
        return new Shape(kind, options, required, shortForms, List.of(), null);
    }

    private static Shape scalar(Kind kind, JsonNode schema) {
        List<String> values = schema.has("enum")
                ? schema.get("enum").valueStream().map(JsonNode::asText).toList()
                : List.of();
        return new Shape(kind, Map.of(), Set.of(), Set.of(), values, schema.has("items") ? schema.get("items") : null);
    }

    /** All that the alternatives of a schema allow, but for the short forms. */
    private void gather(JsonNode schema, Map<String, JsonNode> options, Set<String> required, boolean language) {
        if (schema.has("$ref")) {
            gather(target(schema.path("$ref").asText()), options, required, language);
        }
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(property -> {
            if (!property.getValue().isEmpty() || !options.containsKey(property.getKey())) {
                options.put(property.getKey(), property.getValue());
            }
        });
        for (String several : List.of("oneOf", "anyOf")) {
            List<Set<String>> requiredOfEach = new ArrayList<>();
            for (JsonNode one : schema.path(several)) {
                boolean isLanguage = one.path("$ref").asText().endsWith(EXPRESSION) || one.has("not");
                if (one.path("type").asText().equals("string") || (isLanguage && !language)) {
                    continue;
                }
                Map<String, JsonNode> optionsOfOne = new LinkedHashMap<>();
                Set<String> requiredOfOne = new LinkedHashSet<>();
                gather(one, optionsOfOne, requiredOfOne, language);
                if (!optionsOfOne.isEmpty()) {
                    requiredOfEach.add(requiredOfOne);
                    optionsOfOne.forEach((name, option) -> {
                        if (!option.isEmpty() || !options.containsKey(name)) {
                            options.put(name, option);
                        }
                    });
                }
            }
            if (requiredOfEach.size() == 1) {
                required.addAll(requiredOfEach.get(0)); // of several alternatives none is needed
            }
        }
    }

    private JsonNode target(String reference) {
        return root.at(reference.substring(1));
    }
}
