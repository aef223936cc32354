package org.manusroutes.bundle.check;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.FileBean;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.text.Suggestion;
import org.springframework.context.ApplicationContext;

/** Whether the beans that the files define can be made, as far as their classes tell; none is made. */
final class BeanCheck {
    private final ApplicationContext spring;
    private final CamelContext camel;
    private final Consumer<Problem> problems;
    private final Map<String, FileBean> beans = new LinkedHashMap<>();

    BeanCheck(ApplicationContext spring, CamelContext camel, Consumer<Problem> problems) {
        this.spring = spring;
        this.camel = camel;
        this.problems = problems;
    }

    /** What the files define. */
    Set<String> names() {
        return beans.keySet();
    }

    /** Null when only its making could tell. */
    @Nullable
    Class<?> typeOf(String name) {
        FileBean bean = beans.get(name);
        boolean made = bean != null && (bean.text("factoryMethod") != null || bean.text("builderClass") != null);
        return bean == null || made || bean.type() == null ? null : find(bean.type());
    }

    /** All of them, before anything that uses one is looked at. */
    void check(Collection<FileBean> all) {
        for (FileBean bean : all) {
            String name = bean.name();
            if (name == null) {
                problems.accept(Problem.error(bean.place(), "a bean needs a 'name'"));
                continue;
            }
            FileBean other = beans.putIfAbsent(name, bean);
            if (other != null) {
                error(
                        bean,
                        "name",
                        "there is a bean '" + name + "' already, in "
                                + other.place().file() + ":" + other.place().line());
            } else if (spring.containsBean(name)) {
                error(bean, "name", "'" + name + "' is a bean of the application; choose another name");
            }
        }
        beans.values().forEach(this::checkOne);
    }

    private void checkOne(FileBean bean) {
        if (isInCircle(bean, String.valueOf(bean.name()), new LinkedHashSet<>())) {
            problems.accept(Problem.error(bean.place(), "the bean '" + bean.name() + "' is made of itself"));
        }
        bean.references().stream()
                .filter(name -> !beans.containsKey(name) && !spring.containsBean(name))
                .forEach(name -> error(
                        bean, "properties", "there is no bean '" + name + "'", Suggestion.of(name, beans.keySet())));
        String type = bean.type();
        if (type == null) {
            if (Stream.of("factoryBean", "script", "builderClass").allMatch(option -> bean.text(option) == null)) {
                problems.accept(
                        Problem.error(bean.place(), "the bean '" + bean.name() + "' needs a 'type', its class"));
            }
            return;
        }
        Class<?> found = type.contains("{{") ? null : type(bean.place("type"), "class:" + type);
        if (found == null || bean.text("script") != null || bean.text("builderClass") != null) {
            return;
        }
        String factory = bean.text("factoryMethod");
        if (factory != null && bean.text("factoryBean") == null) {
            checkMethod(bean, "factoryMethod", factory, found, true);
        } else if (factory == null) {
            checkConstructor(bean, found);
            checkProperties(bean, found);
            for (String option : List.of("initMethod", "destroyMethod")) {
                String method = bean.text(option);
                if (method != null) {
                    checkMethod(bean, option, method, found, false);
                }
            }
        }
    }

    private boolean isInCircle(FileBean bean, String start, Set<String> seen) {
        return bean.references().stream()
                .anyMatch(name -> name.equals(start)
                        || (beans.containsKey(name) && seen.add(name) && isInCircle(beans.get(name), start, seen)));
    }

    /** The class that is named; null, and a problem, when there is none. */
    @Nullable
    Class<?> type(Place place, String named) {
        String name = named.replaceFirst("^(class|type):", "").replaceFirst("[(#].*", "");
        Class<?> found = find(name);
        if (found == null) {
            problems.accept(Problem.error(place, MissingClass.text(name)));
        }
        return found;
    }

    private @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name, false, camel.getApplicationContextClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private void checkConstructor(FileBean bean, Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            error(
                    bean,
                    "type",
                    type.getName() + " is " + (type.isInterface() ? "an interface" : "abstract")
                            + "; name a class that implements it");
            return;
        }
        int given = bean.map("constructors").size();
        List<Integer> taken = Arrays.stream(type.getConstructors())
                .map(constructor -> constructor.getParameterCount())
                .distinct()
                .sorted()
                .toList();
        if (!taken.contains(given)) {
            error(
                    bean,
                    given == 0 ? "type" : "constructors",
                    type.getSimpleName() + " has no public constructor that takes " + given
                            + " values; 'constructors' may give "
                            + taken.stream().map(String::valueOf).collect(Collectors.joining(" or ")));
        }
    }

    private void checkProperties(FileBean bean, Class<?> type) {
        Set<String> names = Arrays.stream(type.getMethods())
                .map(Method::getName)
                .filter(name -> name.matches("(set|get|add|with).+"))
                .map(name -> Introspector.decapitalize(name.substring(name.startsWith("with") ? 4 : 3)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String property : bean.map("properties").keySet()) {
            String first = StringHelper.dashToCamelCase(property.replaceFirst("[.\\[].*", ""));
            if (names.stream().noneMatch(first::equalsIgnoreCase)) {
                problems.accept(Problem.error(
                        bean.place("properties", property),
                        type.getSimpleName() + " has no property '" + property + "'",
                        Suggestion.of(property, names)));
            }
        }
    }

    private void checkMethod(FileBean bean, String option, String method, Class<?> type, boolean isStatic) {
        List<String> names = Arrays.stream(type.getMethods())
                .filter(each -> Modifier.isStatic(each.getModifiers()) == isStatic)
                .map(Method::getName)
                .toList();
        if (!names.contains(method.replaceFirst("\\(.*", ""))) {
            error(
                    bean,
                    option,
                    type.getSimpleName() + " has no " + (isStatic ? "static " : "") + "method '" + method + "'",
                    Suggestion.of(method, names));
        }
    }

    private void error(FileBean bean, String option, String what) {
        error(bean, option, what, null);
    }

    private void error(FileBean bean, String option, String what, @Nullable String suggestion) {
        problems.accept(Problem.error(bean.place(option), what, suggestion));
    }
}
