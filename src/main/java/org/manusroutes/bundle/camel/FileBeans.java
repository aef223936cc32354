package org.manusroutes.bundle.camel;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.apache.camel.Service;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.BeanModelHelper;
import org.apache.camel.support.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FileBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.util.ClassUtils;

/**
 * The beans that the files of one version define, made by Camel's own factory, those first that others are made of. A
 * dry run gets stand-ins of whatever may hold a connection: nothing of it is made.
 */
public final class FileBeans implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileBeans.class);

    /** Milliseconds after the bean was closed. */
    private static final long THREADS_END_WITHIN = 1000;

    private final DefaultCamelContext camel;
    private final boolean dry;
    private final Map<String, FileBean> definitions;
    private final Set<String> begun = new HashSet<>();
    /** With the method that ends it; the last made is the first to end. */
    private final Deque<Made> made = new ArrayDeque<>();

    /** @param threads that it has begun while it was made */
    private record Made(String name, Object bean, @Nullable String destroyMethod, Set<Thread> threads) {}

    private FileBeans(DefaultCamelContext camel, Bundle bundle, boolean dry) {
        this.camel = camel;
        this.dry = dry;
        this.definitions = FileBean.in(bundle).stream()
                .filter(bean -> bean.name() != null)
                .collect(Collectors.toMap(
                        bean -> String.valueOf(bean.name()), bean -> bean, (one, other) -> one, LinkedHashMap::new));
    }

    /**
     * Makes them, and binds them to the registry.
     *
     * @param dry whether stand-ins are made of what may connect
     * @throws BeanNotMadeException when one cannot be made; then none is left
     */
    public static FileBeans make(DefaultCamelContext camel, Bundle bundle, boolean dry) {
        FileBeans beans = new FileBeans(camel, bundle, dry);
        try {
            beans.definitions.values().forEach(beans::make);
        } catch (Throwable e) {
            beans.close();
            throw e;
        }
        return beans;
    }

    private void make(FileBean bean) {
        String name = String.valueOf(bean.name());
        if (!begun.add(name)) {
            return;
        }
        bean.references().stream()
                .map(definitions::get)
                .filter(Objects::nonNull)
                .forEach(this::make);
        try {
            BeanFactoryDefinition<?> definition = definition(bean);
            Class<?> type =
                    bean.type() == null ? null : camel.getClassResolver().resolveClass(bean.type());
            if (dry && mayConnect(bean, type)) {
                if (type != null) {
                    camel.getRegistry().bind(name, standIn(type));
                }
                return;
            }
            Set<Thread> before = threads();
            Object target = BeanModelHelper.newInstance(definition, camel);
            Set<Thread> begun = new HashSet<>();
            made.push(new Made(name, target, bean.text("destroyMethod"), begun));
            camel.getRegistry().bind(name, target);
            if (bean.text("initMethod") != null) {
                ObjectHelper.invokeMethodSafe(bean.text("initMethod"), target);
            }
            begun.addAll(threads());
            begun.removeAll(before);
        } catch (Exception | LinkageError e) {
            throw new BeanNotMadeException(bean, e);
        }
    }

    /** Those of this thread's group: of the start of this version, which has a group of its own. */
    private static Set<Thread> threads() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] all = new Thread[2 * group.activeCount() + 10];
        return new HashSet<>(Arrays.asList(all).subList(0, group.enumerate(all)));
    }

    private BeanFactoryDefinition<?> definition(FileBean bean) {
        BeanFactoryDefinition<?> definition = new BeanFactoryDefinition<>();
        definition.setName(bean.name());
        definition.setType(resolved(bean.text("type")));
        definition.setFactoryBean(bean.text("factoryBean"));
        definition.setFactoryMethod(bean.text("factoryMethod"));
        definition.setBuilderClass(bean.text("builderClass"));
        definition.setBuilderMethod(bean.text("builderMethod"));
        definition.setScriptLanguage(bean.text("scriptLanguage"));
        definition.setScript(bean.text("script"));
        definition.setScriptPropertyPlaceholders(bean.text("scriptPropertyPlaceholders"));
        Map<Integer, Object> constructors = new LinkedHashMap<>();
        bean.map("constructors").forEach((index, value) -> constructors.put(Integer.valueOf(index), resolved(value)));
        if (!constructors.isEmpty()) {
            definition.setConstructors(constructors);
        }
        Map<String, Object> properties = new LinkedHashMap<>(bean.map("properties"));
        if (!properties.isEmpty()) {
            definition.setProperties(properties);
        }
        return definition;
    }

    private @Nullable String resolved(@Nullable String text) {
        return text == null ? null : camel.resolvePropertyPlaceholders(text);
    }

    /** Whatever holds something that has to be closed, or is told to begin; and what only a run of it could tell. */
    private static boolean mayConnect(FileBean bean, @Nullable Class<?> type) {
        return type == null
                || Stream.of("initMethod", "destroyMethod", "factoryMethod", "factoryBean", "builderClass", "script")
                        .anyMatch(option -> bean.text(option) != null)
                || AutoCloseable.class.isAssignableFrom(type)
                || CommonDataSource.class.isAssignableFrom(type)
                || Service.class.isAssignableFrom(type)
                || ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                        .anyMatch(each -> each.getName().endsWith("ConnectionFactory"));
    }

    /** An object of the class, or of its interfaces when it is final, of which no code runs. */
    private static Object standIn(Class<?> type) {
        ProxyFactory proxy = new ProxyFactory();
        if (Modifier.isFinal(type.getModifiers()) || type.isInterface()) {
            proxy.setInterfaces(ClassUtils.getAllInterfacesForClass(type));
        } else {
            proxy.setTargetClass(type);
            proxy.setProxyTargetClass(true);
        }
        proxy.addAdvice((MethodInterceptor) call -> switch (call.getMethod().getName()) {
            case "close" -> null;
            case "toString" -> "stand-in for " + type.getName();
            case "hashCode" -> type.hashCode();
            case "equals" -> call.getThis() == call.getArguments()[0];
            default -> throw new IllegalStateException("a dry run makes no connection");
        });
        return proxy.getProxy(type.getClassLoader());
    }

    @Override
    public void close() {
        List<Made> closed = new ArrayList<>();
        while (!made.isEmpty()) {
            Made last = made.pop();
            closed.add(last);
            try {
                if (last.destroyMethod() != null) {
                    ObjectHelper.invokeMethodSafe(last.destroyMethod(), last.bean());
                } else if (last.bean() instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            } catch (Exception | LinkageError e) {
                log.warn("The bean '{}' could not be closed: {}", last.name(), e.toString());
            }
        }
        closed.forEach(FileBeans::nameWhatItLeft);
    }

    private static void nameWhatItLeft(Made bean) {
        bean.threads().removeIf(thread -> {
            try {
                thread.join(THREADS_END_WITHIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return !thread.isAlive();
        });
        if (!bean.threads().isEmpty()) {
            log.warn(
                    "The bean '{}' has left threads behind, one set for each version of the routes: {};"
                            + " its destroyMethod must end them",
                    bean.name(),
                    bean.threads().stream().map(Thread::getName).sorted().toList());
        }
    }
}
