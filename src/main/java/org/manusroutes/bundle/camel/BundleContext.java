package org.manusroutes.bundle.camel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Makes a Camel context for one version of the bundle: it sees the application's beans and settings, and shares no
 * component, endpoint or route with any other version.
 */
public final class BundleContext {
    /** Until what runs is no longer waited for, in seconds. */
    private static final int SHUTDOWN = 20;

    private BundleContext() {}

    public static DefaultCamelContext create(ApplicationContext spring, BeanRepository beans, String name) {
        Registry registry = new DefaultRegistry(beans);
        DefaultCamelContext camel = new DefaultCamelContext(registry);
        camel.getCamelContextExtension().setName(name);
        camel.setApplicationContextClassLoader(spring.getClassLoader());
        camel.disableJMX();
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        camel.getShutdownStrategy().setTimeout(SHUTDOWN);
        camel.getPropertiesComponent().addPropertiesSource(new EnvironmentSource(spring.getEnvironment()));
        return camel;
    }

    /** Loads all files as one: configurations first, for routes take theirs when they are loaded. */
    public static void load(DefaultCamelContext camel, Bundle bundle) throws Exception {
        List<Resource> resources = new ArrayList<>();
        bundle.texts().forEach((name, text) -> resources.add(resource(name, text)));
        PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
    }

    /** A route file in memory; in UTF-8, for Camel's own way from a text takes the platform's charset. */
    public static Resource resource(String name, @Nullable String text) {
        return ResourceHelper.fromBytes(name, String.valueOf(text).getBytes(StandardCharsets.UTF_8));
    }

    private record EnvironmentSource(Environment environment) implements PropertiesSource {
        @Override
        public String getName() {
            return "settings";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return environment.getProperty(name);
        }
    }
}
