package org.manusroutes.bundle.check;

import com.jayway.jsonpath.JsonPath;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.spi.Language;
import org.apache.camel.util.ObjectHelper;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.check.Uses.BeanUse;
import org.manusroutes.bundle.check.Uses.ExpressionUse;
import org.manusroutes.bundle.check.Uses.Setting;
import org.manusroutes.text.Suggestion;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.ClassUtils;

/** Whether what the files name is there: settings, beans and their methods, and expressions that parse. */
final class ReferenceCheck {
    private static final Pattern METHOD = Pattern.compile("(\\w+)\\s*(\\(.*)?", Pattern.DOTALL);

    /** Marks where Camel puts a caret under the text; the first line is what is wrong. */
    private static final Pattern FIRST_LINE = Pattern.compile("^(.*?)(?: at location \\d+)?\\s*$", Pattern.MULTILINE);

    private final ApplicationContext spring;
    private final CamelContext camel;
    private final Set<String> languages;
    private final BeanCheck beans;
    private final Consumer<Problem> problems;

    /**
     * @param languages that Camel's schema knows; of others, the check of the form has told
     * @param beans that the files define
     */
    ReferenceCheck(
            ApplicationContext spring,
            CamelContext camel,
            Set<String> languages,
            BeanCheck beans,
            Consumer<Problem> problems) {
        this.beans = beans;
        this.spring = spring;
        this.camel = camel;
        this.languages = languages;
        this.problems = problems;
    }

    void check(Uses uses) {
        uses.settings().forEach(this::checkSetting);
        uses.beans().forEach(this::checkBean);
        uses.expressions().forEach(this::checkExpression);
    }

    private void checkSetting(Setting setting) {
        String key = setting.key();
        if (setting.hasDefault() || spring.getEnvironment().containsProperty(key) || key.matches("(env|sys):.*")) {
            return;
        }
        problems.accept(Problem.error(
                setting.place(),
                "there is no setting '" + key + "'; write it into application.yaml",
                Suggestion.of(key, settings())));
    }

    private Collection<String> settings() {
        List<String> names = new ArrayList<>();
        if (spring.getEnvironment() instanceof ConfigurableEnvironment environment) {
            environment.getPropertySources().stream()
                    .filter(source -> source instanceof EnumerablePropertySource)
                    .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
                    .forEach(names::add);
        }
        return names;
    }

    void checkBean(BeanUse use) {
        if (use.name().startsWith("class:") || use.name().startsWith("type:")) {
            beans.type(use.place(), use.name());
            return;
        }
        boolean defined = beans.names().contains(use.name());
        if (!defined && !spring.containsBean(use.name())) {
            List<String> all = new ArrayList<>(beans.names());
            all.addAll(List.of(spring.getBeanDefinitionNames()));
            problems.accept(Problem.error(
                    use.place(),
                    "there is no bean '" + use.name() + "'; routes/README.md lists them, '- beans:' defines more",
                    Suggestion.of(use.name(), all)));
            return;
        }
        Class<?> type = defined ? beans.typeOf(use.name()) : spring.getType(use.name());
        if (use.method() == null || use.methodPlace() == null || type == null) {
            return;
        }
        Matcher method = METHOD.matcher(use.method());
        List<String> names = Stream.of(
                        ClassUtils.getUserClass(type).getMethods(),
                        ClassUtils.getUserClass(type).getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(candidate -> candidate.getDeclaringClass() != Object.class)
                .map(Method::getName)
                .distinct()
                .toList();
        if (!method.matches() || !names.contains(method.group(1))) {
            problems.accept(Problem.error(
                    use.methodPlace(),
                    "bean '" + use.name() + "' has no method '" + use.method() + "'",
                    Suggestion.of(use.method(), names)));
        }
    }

    private void checkExpression(ExpressionUse use) {
        if (use.language().equals("constant") || use.text().contains("{{") || !languages.contains(use.language())) {
            return;
        }
        try {
            if (use.language().equals("jsonpath")) {
                JsonPath.compile(use.text()); // which Camel does when the first event comes
            }
            Language language = camel.resolveLanguage(use.language());
            if (use.predicate()) {
                language.createPredicate(use.text()).init(camel);
            } else {
                language.createExpression(use.text()).init(camel);
            }
        } catch (NoSuchLanguageException e) {
            problems.accept(Problem.error(
                    use.place(),
                    "the language '" + use.language() + "' is not installed: " + Lib.add(use.language())
                            + "; or use simple"));
        } catch (RuntimeException | LinkageError e) {
            Optional<String> missing = MissingClass.in(e);
            if (missing.isPresent()) {
                problems.accept(Problem.error(
                        use.place(), "the language '" + use.language() + "' does not start: " + missing.get()));
                return;
            }
            SimpleIllegalSyntaxException syntax = ObjectHelper.getException(SimpleIllegalSyntaxException.class, e);
            Place place = syntax == null || use.column() == 0 || syntax.getIndex() < 0
                    ? use.place()
                    : new Place(use.place().file(), use.place().line(), use.column() + syntax.getIndex());
            problems.accept(Problem.error(
                    place,
                    "this is no " + use.language() + " expression: "
                            + firstLine(syntax == null ? NestedExceptionUtils.getMostSpecificCause(e) : syntax)));
        }
    }

    private static String firstLine(Throwable e) {
        Matcher line = FIRST_LINE.matcher(String.valueOf(e.getMessage()));
        return line.find() ? line.group(1) : e.toString();
    }
}
