package org.manusroutes.bundle.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.camel.ComponentSettings;
import org.manusroutes.bundle.camel.ComponentSettings.Kind;
import org.manusroutes.text.Suggestion;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

/** Whether components, data formats and languages know the options that the settings give them. */
final class SettingsCheck {
    private static final JsonMapper json = new JsonMapper();

    private final Environment environment;
    private final CatalogCamelContext camel;
    private final Consumer<Problem> problems;

    SettingsCheck(Environment environment, CatalogCamelContext camel, Consumer<Problem> problems) {
        this.environment = environment;
        this.camel = camel;
        this.problems = problems;
    }

    /** Of what is installed; of what is not, whoever uses it is told. */
    void check() throws IOException {
        for (Kind kind : Kind.values()) {
            for (String name : ComponentSettings.names(environment, kind)) {
                String schema =
                        switch (kind) {
                            case COMPONENT -> camel.getComponentParameterJsonSchema(name);
                            case DATAFORMAT -> camel.getDataFormatParameterJsonSchema(name);
                            case LANGUAGE -> camel.getLanguageParameterJsonSchema(name);
                        };
                if (schema != null) {
                    JsonNode known = json.readTree(schema);
                    check(kind, name, known.path(kind == Kind.COMPONENT ? "componentProperties" : "properties"));
                    if (kind == Kind.LANGUAGE) {
                        bind(name);
                    }
                }
            }
        }
    }

    private void check(Kind kind, String name, JsonNode known) {
        Map<String, String> options = ComponentSettings.of(environment, kind, name);
        options.forEach((option, value) -> {
            String first = option.replaceFirst("[.\\[].*", "");
            List<String> names = new ArrayList<>();
            known.fieldNames().forEachRemaining(names::add);
            String meant =
                    names.stream().filter(first::equalsIgnoreCase).findFirst().orElse(null);
            String key = kind.prefix(name) + "." + option;
            if (meant == null) {
                problems.accept(Problem.error(
                        place(kind.prefix(name), option),
                        "'" + key + "': there is no such option",
                        Suggestion.of(first, names)));
                return;
            }
            JsonNode property = known.path(meant);
            String fault = first.equals(option) ? EndpointCheck.fault(property, value) : null;
            if (fault != null) {
                problems.accept(Problem.error(
                        place(kind.prefix(name), option),
                        "'" + key + "' " + (property.path("secret").asBoolean() ? "has a wrong value" : fault)));
            }
        });
    }

    /** Most options of a language are those of its expressions, and none of the language itself. */
    private void bind(String language) {
        try {
            Language target = camel.resolveLanguage(language);
            ComponentSettings.bind(camel, target, ComponentSettings.of(environment, Kind.LANGUAGE, language), true);
        } catch (PropertyBindingException e) {
            String option = String.valueOf(e.getPropertyName());
            String prefix = Kind.LANGUAGE.prefix(language);
            problems.accept(Problem.error(
                    place(prefix, option),
                    "'" + prefix + "." + option + "' cannot be set for all expressions; set '" + option
                            + "' beside the expression"));
        }
    }

    /** The key's line, where it stands in a file. */
    private Place place(String prefix, String option) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(prefix + "." + option, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty found = source.getConfigurationProperty(name);
            if (found != null) {
                return place(found.getOrigin());
            }
        }
        return place((Origin) null);
    }

    private static Place place(@Nullable Origin origin) {
        if (origin instanceof PropertySourceOrigin from && from.getOrigin() != from) {
            return place(from.getOrigin());
        }
        if (origin instanceof TextResourceOrigin text && text.getResource() != null) {
            TextResourceOrigin.Location location = text.getLocation();
            return new Place(
                    file(text.getResource()),
                    location == null ? 1 : location.getLine() + 1,
                    location == null ? 1 : location.getColumn() + 1);
        }
        return new Place("application.yaml", 1, 1);
    }

    private static String file(Resource resource) {
        Resource real = resource instanceof OriginTrackedResource tracked ? tracked.getResource() : resource;
        try {
            return real.getFile().getAbsolutePath();
        } catch (IOException inTheJar) {
            return String.valueOf(real.getFilename());
        }
    }
}
