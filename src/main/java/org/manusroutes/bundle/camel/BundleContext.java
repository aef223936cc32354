package org.manusroutes.bundle.camel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FileBean;
import org.manusroutes.bundle.RouteFile;
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

    /** A context that is not started yet. */
    public static DefaultCamelContext create(ApplicationContext spring, BeanRepository beans, String name) {
        return create(spring, beans, name, DefaultCamelContext::new);
    }

    /**
     * The same, of another class.
     *
     * @param type makes the context itself
     */
    public static <T extends DefaultCamelContext> T create(
            ApplicationContext spring, BeanRepository beans, String name, Function<Registry, T> type) {
        T camel = type.apply(new DefaultRegistry(beans));
        camel.getCamelContextExtension().setName(name);
        camel.setApplicationContextClassLoader(spring.getClassLoader());
        camel.disableJMX();
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        camel.getShutdownStrategy().setTimeout(SHUTDOWN);
        camel.addModelLifecycleStrategy(new RepositoriesOfSteps(camel));
        camel.addLifecycleStrategy(new ComponentSettings(camel, spring.getEnvironment()));
        camel.getPropertiesComponent().addPropertiesSource(new EnvironmentSource(spring.getEnvironment()));
        return camel;
    }

    /**
     * Loads all files as one: beans first, then configurations, for routes take theirs when they are loaded.
     *
     * @param dry whether what may connect is not made
     * @return the beans of the files, to be closed when the context has stopped
     * @throws BeanNotMadeException when one of the beans cannot be made
     */
    public static FileBeans load(DefaultCamelContext camel, Bundle bundle, boolean dry) throws Exception {
        FileBeans beans = FileBeans.make(camel, bundle, dry);
        try {
            List<Resource> resources = new ArrayList<>();
            for (RouteFile file : bundle.files().values()) {
                if (file.text() != null) {
                    resources.add(resource(file));
                }
            }
            PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
            return beans;
        } catch (Throwable e) {
            beans.close();
            throw e;
        }
    }

    /** The routes of a file; in UTF-8, for Camel's own way from a text takes the platform's charset. */
    public static Resource resource(RouteFile file) {
        return ResourceHelper.fromBytes(file.name(), FileBean.textWithout(file).getBytes(StandardCharsets.UTF_8));
    }

    /** Gives each aggregate step its part of the repository that it names. */
    private static final class RepositoriesOfSteps extends ModelLifecycleStrategySupport {
        private final DefaultCamelContext camel;

        RepositoriesOfSteps(DefaultCamelContext camel) {
            this.camel = camel;
        }

        @Override
        public void onAddRouteDefinition(RouteDefinition route) {
            int position = 0;
            for (AggregateDefinition step :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), AggregateDefinition.class)) {
                position++;
                String name = step.getAggregationRepository();
                if (name != null
                        && camel.getRegistry().lookupByName(name.replaceFirst("^#(bean:)?", ""))
                                instanceof RepositoryPerStep repository) {
                    String id = step.getId() == null ? "aggregate-" + position : step.getId();
                    step.setAggregationRepository(repository.forStep(route.getRouteId() + '/' + id));
                }
            }
        }
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
