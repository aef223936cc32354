package org.manusroutes.bundle.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.EndpointUriFactory;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.camel.ComponentSettings;
import org.manusroutes.bundle.camel.ComponentSettings.Kind;
import org.manusroutes.bundle.check.Uses.BeanUse;
import org.manusroutes.bundle.check.Uses.EndpointUse;
import org.manusroutes.bundle.check.Uses.Option;
import org.manusroutes.text.Suggestion;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ReflectionUtils;

/** Whether the components of the endpoints are there, and know their options. */
final class EndpointCheck {
    private static final String COMPONENTS = "classpath*:META-INF/services/org/apache/camel/component/*";
    private static final JsonMapper json = new JsonMapper();

    private final Environment environment;
    private final CamelContext camel;
    private final Consumer<BeanUse> beans;
    private final Consumer<Problem> problems;
    /** By scheme; missing for what is not installed. */
    private final Map<String, JsonNode> known = new HashMap<>();

    /** @param beans looks at the beans that options name */
    EndpointCheck(Environment environment, CamelContext camel, Consumer<BeanUse> beans, Consumer<Problem> problems) {
        this.environment = environment;
        this.camel = camel;
        this.beans = beans;
        this.problems = problems;
    }

    void check(EndpointUse use) {
        if (use.uri().startsWith("{{") || use.uri().startsWith("${")) {
            return; // known when the setting or the event is there
        }
        if (use.uri().contains("?")) {
            problems.accept(Problem.error(
                    use.place(), "the options stand in the uri; write them below 'parameters:', one a line"));
            return;
        }
        if (use.scheme().equals("direct") && !use.path().isEmpty()) {
            problems.accept(Problem.error(
                    use.place(),
                    "this is the short form of an endpoint; write 'uri: direct' and 'name: " + use.path()
                            + "' below 'parameters:'"));
            return;
        }
        JsonNode component = known.computeIfAbsent(use.scheme(), this::read);
        if (component == null) {
            problems.accept(Problem.error(
                    use.place(),
                    "there is no component '" + use.scheme() + "': " + Lib.add(use.scheme()),
                    Suggestion.of(use.scheme(), installed())));
            return;
        }
        if (use.step().equals("from") && use.scheme().equals("platform-http")) {
            problems.accept(Problem.error(
                    use.place(),
                    "no HTTP comes into the routes, but by the receiver's own door; start by a timer or a queue"));
            return;
        }
        if (use.step().equals("from") && component.at("/component/producerOnly").asBoolean()) {
            String instead =
                    use.scheme().equals("manus") ? "; its events come by the webhook, to the route dispatch-event" : "";
            problems.accept(
                    Problem.error(use.place(), "no route begins with '" + use.scheme() + "': it only sends" + instead));
            return;
        }
        String missing = missingFor(use.scheme());
        if (missing != null) {
            problems.accept(
                    Problem.error(use.place(), "the component '" + use.scheme() + "' does not start: " + missing));
            return;
        }
        JsonNode properties = component.path("properties");
        use.options().forEach((name, option) -> checkOption(use, component, name, option));
        properties.properties().forEach(property -> {
            JsonNode option = property.getValue();
            boolean isPath = option.path("kind").asText().equals("path");
            if (option.path("required").asBoolean()
                    && !use.options().containsKey(property.getKey())
                    && !(isPath && !use.path().isEmpty())
                    && !ComponentSettings.of(environment, Kind.COMPONENT, use.scheme())
                            .containsKey(property.getKey())) {
                problems.accept(Problem.error(
                        use.place(),
                        "the endpoint '" + use.scheme() + "' needs the option '" + property.getKey() + "'"));
            }
        });
        checkPath(use, properties);
        checkWord(use, properties);
    }

    /** Of a component whose path is one word of a list. */
    private void checkWord(EndpointUse use, JsonNode properties) {
        List<Map.Entry<String, JsonNode>> path = properties.properties().stream()
                .filter(property -> property.getValue().path("kind").asText().equals("path"))
                .toList();
        if (path.size() != 1 || use.path().isEmpty()) {
            return;
        }
        if (path.get(0).getValue().has("enum")) {
            checkValue(use.place(), path.get(0).getKey(), path.get(0).getValue(), use.path());
        }
    }

    private void checkValue(Place place, String name, JsonNode property, String value) {
        String fault = fault(property, value);
        if (fault != null) {
            List<String> words =
                    property.path("enum").valueStream().map(JsonNode::asText).toList();
            problems.accept(Problem.error(place, "'" + name + "' " + fault, Suggestion.of(value, words)));
        }
    }

    /** Camel leaves out the first of two parts of a path when it has a default, and the colon with it (quartz). */
    private void checkPath(EndpointUse use, JsonNode properties) {
        EndpointUriFactory factory = camel.getCamelContextExtension().getEndpointUriFactory(use.scheme());
        Map<String, Object> given = new HashMap<>();
        use.options().forEach((name, option) -> given.put(name, option.value()));
        try {
            if (factory == null
                    || !use.path().isEmpty()
                    || factory.buildUri(use.scheme(), given, false).startsWith(use.scheme() + ":")) {
                return;
            }
        } catch (URISyntaxException | RuntimeException e) {
            return; // Camel says so when it loads the route
        }
        properties.properties().stream()
                .filter(property -> property.getValue().path("kind").asText().equals("path"))
                .map(Map.Entry::getKey)
                .filter(name -> !use.options().containsKey(name))
                .findFirst()
                .ifPresent(name -> problems.accept(Problem.error(
                        use.place(),
                        "'" + use.scheme() + "' needs the option '" + name + "' too, for Camel leaves out the ':' of"
                                + " its address without it")));
    }

    private void checkOption(EndpointUse use, JsonNode component, String name, Option option) {
        JsonNode properties = component.path("properties");
        JsonNode property = properties.get(name);
        if (property == null) {
            boolean takesAll = component.at("/component/lenientProperties").asBoolean()
                    || properties
                            .valueStream()
                            .anyMatch(other -> other.has("prefix")
                                    && name.startsWith(other.path("prefix").asText()));
            if (!takesAll) {
                List<String> names = new ArrayList<>();
                properties.fieldNames().forEachRemaining(names::add);
                problems.accept(Problem.error(
                        option.key(),
                        "the endpoint '" + use.scheme() + "' has no option '" + name + "'",
                        Suggestion.of(name, names)));
            }
            return;
        }
        if (property.path("type").asText().equals("object") && option.value().matches("#[\\w.-]+")) {
            beans.accept(BeanUse.named(option.place(), option.value()));
        }
        boolean secret = property.path("secret").asBoolean();
        if (secret && AdviceCheck.isPlain(option.value())) {
            problems.accept(Problem.warning(option.place(), AdviceCheck.plainSecret(name)));
        }
        checkValue(option.place(), name, property, option.value());
    }

    static @Nullable String fault(JsonNode property, String value) {
        if (value.contains("{{") || value.contains("${") || value.startsWith("#")) {
            return null;
        }
        if (property.has("enum")) {
            List<String> values =
                    property.path("enum").valueStream().map(JsonNode::asText).toList();
            return values.stream().anyMatch(value::equalsIgnoreCase)
                    ? null
                    : "is one of " + String.join(", ", values) + ", not '" + FormCheck.shown(value) + "'";
        }
        return switch (property.path("type").asText()) {
            case "boolean" ->
                value.equals("true") || value.equals("false")
                        ? null
                        : "is true or false, not '" + FormCheck.shown(value) + "'";
            case "integer" -> value.matches("-?\\d+") ? null : "takes a number, not '" + FormCheck.shown(value) + "'";
            default -> null;
        };
    }

    /** The class without which a component's own classes cannot be used; null when all are there. */
    private @Nullable String missingFor(String scheme) {
        try {
            Component component = camel.getComponent(scheme, true, false);
            if (component != null) {
                ReflectionUtils.getAllDeclaredMethods(component.getClass()); // resolves all types that they name
            }
            return null;
        } catch (RuntimeException | LinkageError e) {
            return MissingClass.in(e).orElse(null); // anything else is told when the route is loaded
        }
    }

    private @Nullable JsonNode read(String scheme) {
        try {
            String schema = ((CatalogCamelContext) camel).getComponentParameterJsonSchema(scheme);
            return schema == null ? null : json.readTree(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> installed() {
        try {
            return Stream.of(new PathMatchingResourcePatternResolver().getResources(COMPONENTS))
                    .map(Resource::getFilename)
                    .filter(name -> name != null && !name.contains("."))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
