package org.manusroutes.bundle.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FileBean;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteFile;
import org.manusroutes.bundle.RouteTree;
import org.manusroutes.bundle.camel.BeanNotMadeException;
import org.manusroutes.bundle.camel.BundleContext;
import org.manusroutes.bundle.camel.FileBeans;
import org.manusroutes.bundle.dryrun.DryRun;
import org.manusroutes.bundle.dryrun.DryRunBeans;
import org.manusroutes.text.Suggestion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.nodes.Node;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Finds what is wrong with a bundle, before anything of it runs: form, names, calls and references, whether
 * Camel takes it, and whether sample events get through. Needs the application's beans and settings, and no running
 * system.
 *
 * <p>Not for several threads.
 */
@Component
public final class BundleCheck {
    private static final Problem NOTHING_THERE =
            Problem.error(new Place(".", 1, 1), "there are no *.camel.yaml files in the folder");
    private static final Logger log = LoggerFactory.getLogger(BundleCheck.class);
    private static final Pattern WORD = Pattern.compile("[\\w.$-]{3,}");

    private final ApplicationContext spring;

    /** @param spring knows the beans and the settings that routes may use */
    public BundleCheck(ApplicationContext spring) {
        this.spring = spring;
    }

    /** Loads what every check needs, in the background, while the caller gets the beans together. */
    public static void prepare() {
        Thread thread = new Thread(BundleCheck::loadAhead, "check-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    private static void loadAhead() {
        DslSchema.shared();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            camel.start();
        } catch (Exception e) {
            log.debug("Could not load Camel ahead of the check", e);
        }
    }

    /** All there is to say, in the order of the files; a bundle without an error in it can run. */
    public List<Problem> check(Bundle bundle) {
        Set<Problem> problems = new TreeSet<>();
        if (bundle.files().isEmpty()) {
            problems.add(NOTHING_THERE);
            return List.copyOf(problems);
        }
        Map<RouteTree, Uses> trees = new LinkedHashMap<>();
        Map<RouteTree, Node> elements = read(bundle, trees, problems::add);
        try (DefaultCamelContext camel = BundleContext.create(spring, new DryRunBeans(spring, true), "bundle-check")) {
            camel.setAutoStartup(false);
            camel.start();
            BeanCheck beans = new BeanCheck(spring, camel, problems::add);
            beans.check(trees.keySet().stream()
                    .map(FileBean::in)
                    .flatMap(List::stream)
                    .toList());
            ReferenceCheck references =
                    new ReferenceCheck(spring, camel, DslSchema.shared().languages(), beans, problems::add);
            EndpointCheck endpoints =
                    new EndpointCheck(spring.getEnvironment(), camel, references::checkBean, problems::add);
            new SettingsCheck(spring.getEnvironment(), camel, problems::add).check();
            new ManusCheck(spring.getEnvironment(), problems::add).check(trees);
            trees.forEach((tree, uses) -> guarded(tree.file(), problems::add, () -> {
                references.check(uses);
                uses.endpoints().forEach(endpoints::check);
                return true;
            }));
            if (problems.stream().noneMatch(Problem::isError)) {
                try (DryRun dryRun = new DryRun(spring, bundle, true)) {
                    SampleRun.run(dryRun, problems::add);
                } catch (BeanNotMadeException notMade) {
                    problems.add(Problem.error(notMade.place(), String.valueOf(notMade.getMessage())));
                } catch (Exception | LinkageError | StackOverflowError notTaken) {
                    FileBeans.make(camel, bundle, true);
                    load(elements, camel, problems::add); // file by file, to know which it is
                    if (problems.stream().noneMatch(Problem::isError)) {
                        throw notTaken;
                    }
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("the check itself failed: " + e.getMessage(), e);
        }
        return List.copyOf(problems);
    }

    /**
     * What can be said of the files as text: of their YAML, their form, their names, and the calls between them. No
     * expression of theirs is evaluated, and no class that they name is loaded.
     */
    public static List<Problem> checkStatically(Bundle bundle) {
        Set<Problem> problems = new TreeSet<>();
        if (bundle.files().isEmpty()) {
            problems.add(NOTHING_THERE);
        }
        read(bundle, new LinkedHashMap<>(), problems::add);
        return List.copyOf(problems);
    }

    /** Reads the files; the one element of each, without those in which it cannot be found. */
    private static Map<RouteTree, Node> read(Bundle bundle, Map<RouteTree, Uses> trees, Consumer<Problem> problems) {
        DslSchema schema = DslSchema.shared();
        BundleGraph graph = new BundleGraph(problems);
        for (RouteFile file : bundle.files().values()) {
            boolean read = guarded(file, problems, () -> {
                RouteTree tree = RouteTree.read(file, problems);
                if (tree != null) {
                    new FormCheck(schema, tree, problems).check();
                    trees.put(tree, Uses.in(tree));
                }
                return tree != null;
            });
            if (!read) {
                graph.assume(file);
            }
        }
        Map<RouteTree, Node> elements = new LinkedHashMap<>();
        trees.keySet().forEach(tree -> {
            Node element = new RuleCheck(tree, problems).check();
            if (element != null) {
                elements.put(tree, element);
            }
        });
        checkConfigurations(elements, problems);
        new AdviceCheck(problems).check(trees);
        trees.forEach((tree, uses) -> graph.add(tree.file(), uses));
        graph.check();
        return elements;
    }

    /** An Error in a check (a class that is missing, an expression nested too deep) is a problem of the file. */
    private static boolean guarded(RouteFile file, Consumer<Problem> problems, BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (LinkageError | StackOverflowError e) {
            String why = MissingClass.in(e).orElse("it is nested too deep (" + e + ")");
            problems.accept(Problem.error(Place.of(file), "cannot be checked: " + why));
            return false;
        }
    }

    private static void checkConfigurations(Map<RouteTree, Node> elements, Consumer<Problem> problems) {
        Set<String> configurations = new HashSet<>();
        elements.forEach((tree, element) -> {
            if (RouteTree.value(element, "from") == null) {
                configurations.add(String.valueOf(RouteTree.text(element, "id")));
            }
        });
        elements.forEach((tree, element) -> {
            Node named = RouteTree.value(element, "routeConfigurationId");
            String name = RouteTree.text(element, "routeConfigurationId");
            if (RouteTree.value(element, "from") == null) {
                return;
            }
            if (named == null || name == null) {
                problems.accept(Problem.warning(
                        tree.place(element), "no routeConfigurationId; a failure in it will not be said in the log"));
            } else if (!configurations.contains(name)) {
                problems.accept(Problem.error(
                        tree.place(named),
                        "there is no routeConfiguration '" + name + "'",
                        Suggestion.of(name, configurations)));
            }
        });
    }

    /** What Camel itself has against it; configurations first, for routes take theirs when they are loaded. */
    private static void load(Map<RouteTree, Node> elements, CamelContext camel, Consumer<Problem> problems) {
        List<RouteTree> trees = new ArrayList<>(elements.keySet());
        trees.sort(Comparator.comparing(tree -> RouteTree.value(elements.get(tree), "from") != null));
        for (RouteTree tree : trees) {
            RouteFile file = tree.file();
            try {
                PluginHelper.getRoutesLoader(camel).loadRoutes(BundleContext.resource(file));
            } catch (Exception | LinkageError | StackOverflowError e) {
                String message = MissingClass.in(e)
                        .orElseGet(() -> Objects.requireNonNullElseGet(
                                NestedExceptionUtils.getMostSpecificCause(e).getMessage(), e::toString));
                problems.accept(Lib.missing(message)
                        .map(jar -> Problem.error(place(file, jar.getKey()), jar.getValue()))
                        .orElseGet(() -> Problem.error(place(file, message), "Camel rejected this route: " + message)));
            }
        }
    }

    /** The first line that holds a word which Camel complains about; the longest word is the rarest. */
    private static Place place(RouteFile file, String message) {
        List<String> lines = String.valueOf(file.text()).lines().toList();
        @Nullable Place best = null;
        int longest = 0;
        Matcher word = WORD.matcher(message);
        while (word.find()) {
            for (int i = 0; i < lines.size() && word.group().length() > longest; i++) {
                int column = lines.get(i).indexOf(word.group());
                if (column >= 0) {
                    longest = word.group().length();
                    best = new Place(file.name(), i + 1, column + 1);
                }
            }
        }
        return best == null ? Place.of(file) : best;
    }
}
