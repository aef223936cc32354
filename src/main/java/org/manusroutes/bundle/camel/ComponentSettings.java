package org.manusroutes.bundle.camel;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Language;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * {@code camel.component.<name>.*}, {@code camel.dataformat.<name>.*} and {@code camel.language.<name>.*}: in Camel
 * Spring Boot they reach only what comes with a starter, here every component in every version of the bundle.
 */
public final class ComponentSettings extends LifecycleStrategySupport {
    private final CamelContext camel;
    private final Environment environment;
    /** What has settings, of each kind, without the dashes that a variable of the environment has not. */
    private final Map<Kind, Set<String>> configured = new EnumMap<>(Kind.class);

    ComponentSettings(CamelContext camel, Environment environment) {
        this.camel = camel;
        this.environment = environment;
        for (Kind kind : Kind.values()) {
            configured.put(
                    kind,
                    names(environment, kind).stream()
                            .map(ComponentSettings::bare)
                            .collect(Collectors.toSet()));
        }
    }

    private static String bare(String name) {
        return name.replace("-", "");
    }

    /** The names of those of a kind that have settings, installed or not. */
    public static Set<String> names(Environment environment, Kind kind) {
        ConfigurationPropertyName prefix =
                ConfigurationPropertyName.of(kind.prefix("x")).getParent();
        Set<String> names = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource all) {
                all.stream()
                        .filter(key -> prefix.isAncestorOf(key) && key.getNumberOfElements() > 3)
                        .forEach(key -> names.add(key.getElement(2, ConfigurationPropertyName.Form.DASHED)));
            }
        }
        return names;
    }

    /** Kinds of things that can be set, as they stand in a key. */
    public enum Kind {
        COMPONENT,
        DATAFORMAT,
        LANGUAGE;

        /** {@code camel.component.kafka} */
        public String prefix(String name) {
            return "camel." + name().toLowerCase(Locale.ROOT) + "." + name;
        }
    }

    /** Options by name, in camel case; empty when nothing is set. */
    public static Map<String, String> of(Environment environment, Kind kind, String name) {
        Map<String, String> options = new LinkedHashMap<>();
        if (name.matches("[a-z0-9-]+")) {
            Binder.get(environment)
                    .bind(kind.prefix(name), Bindable.mapOf(String.class, String.class))
                    .ifBound(found ->
                            found.forEach((key, value) -> options.put(StringHelper.dashToCamelCase(key), value)));
        }
        options.remove("enabled"); // of the starters: makes the component a bean, or not
        options.remove("customizer.enabled");
        return options;
    }

    @Override
    public void onComponentAdd(String name, Component component) {
        if (name.equals("quartz")) {
            // else Camel 4.18 leaves its scheduler, with eleven threads, to itself when it has lost count of its jobs;
            // what runs has ended before: Camel waits for it
            PropertyBindingSupport.bindProperties(
                    camel, component, new HashMap<>(Map.of("interruptJobsOnShutdown", true)));
        }
        bind(component, Kind.COMPONENT, name);
    }

    @Override
    public void onDataFormatCreated(String name, DataFormat dataFormat) {
        bind(dataFormat, Kind.DATAFORMAT, name);
    }

    @Override
    public void onLanguageCreated(String name, Language language) {
        bind(language, Kind.LANGUAGE, name);
    }

    private void bind(Object target, Kind kind, String name) {
        if (!configured.getOrDefault(kind, Set.of()).contains(bare(name))) {
            return;
        }
        // contexts resolve languages before anybody could be told which option is wrong; the check does
        bind(camel, target, of(environment, kind, name), kind != Kind.LANGUAGE);
    }

    /**
     * Sets options on a component, a data format or a language.
     *
     * @param all whether each must be known
     * @throws org.apache.camel.PropertyBindingException for a value that does not fit, or an option that is not there
     */
    public static void bind(CamelContext camel, Object target, Map<String, String> options, boolean all) {
        if (!options.isEmpty()) {
            PropertyBindingSupport.build()
                    .withCamelContext(camel)
                    .withTarget(target)
                    .withProperties(new LinkedHashMap<>(options))
                    .withIgnoreCase(true)
                    .withMandatory(all)
                    .bind();
        }
    }
}
