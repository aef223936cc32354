package org.manusroutes.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteFile;
import org.manusroutes.cli.CommandBeans;
import org.springframework.context.ConfigurableApplicationContext;

/** Routes in the forms of Camel's documentation (its patterns, its components, Camel K), saved into the folder, and fixed. */
class PastedSnippetsTests {
    private static final Pattern KEBAB_CASE = Pattern.compile("(?m)(?<=^[ -]{1,40})[a-z]+(-[a-z]+)+(?=:)");
    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)# (.*)$");

    private static ConfigurableApplicationContext beans;
    private static BundleCheck check;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        beans = CommandBeans.open();
        check = new BundleCheck(beans);
    }

    @AfterAll
    static void stop() {
        beans.close();
    }

    static Stream<Path> snippets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/pasted"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void passTheCheckAndMeanTheSame(Path snippet) throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        Bundle shipped = Bundle.read(folder);
        String text = Files.readString(snippet);
        String name = snippet.getFileName().toString().replace(".yaml", RouteFile.SUFFIX);
        Files.writeString(folder.resolve(name), text);

        assertThat(FolderFix.run(folder)).singleElement().asString().startsWith("rewrote ");
        Bundle fixed = Bundle.read(folder);
        assertThat(check.check(fixed)).noneMatch(Problem::isError);

        List<String> written = fixed.files().values().stream()
                .filter(file -> !shipped.files().containsKey(file.name()))
                .map(file -> String.valueOf(file.text()))
                .toList();
        if (!text.contains("\n  steps:")) { // beside from: Camel itself does not take it
            assertThat(routes(written))
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(
                            ".*(id|index|customId|note|lineNumber|location|resource|parent|camelContext|resourceAware)")
                    .withEqualsForFieldsMatchingRegexes(PastedSnippetsTests::sameUri, ".*[uU]ri")
                    .isEqualTo(routes(List.of(routesOf(text))));
        }
        assertThat(written).allSatisfy(file -> assertThat(file).doesNotContain("#  "));
        COMMENT.matcher(text)
                .results()
                .forEach(comment -> assertThat(written).anyMatch(file -> file.contains("note: " + comment.group(1))));
        assertThat(FolderFix.run(folder)).isEmpty();
    }

    /** Camel's own loader of today knows no {@code Integration}, and no kebab-case. */
    private static String routesOf(String text) {
        String routes = text.contains("flows:")
                ? text.replaceFirst("(?s).*flows:\n", "").indent(-4)
                : text;
        return KEBAB_CASE.matcher(routes).replaceAll(key -> StringHelper.dashToCamelCase(key.group()));
    }

    private static boolean sameUri(Object one, Object other) {
        try {
            return URISupport.normalizeUri(String.valueOf(one)).equals(URISupport.normalizeUri(String.valueOf(other)));
        } catch (Exception e) {
            return one.equals(other);
        }
    }

    /** As Camel reads them, in the order of where they begin. */
    private static List<RouteDefinition> routes(List<String> texts) throws Exception {
        List<RouteDefinition> routes = new ArrayList<>();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            for (int i = 0; i < texts.size(); i++) {
                for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel)
                        .findRoutesBuilders(ResourceHelper.fromString(i + ".yaml", texts.get(i)))) {
                    ((RouteBuilder) builder).setCamelContext(camel);
                    ((RouteBuilder) builder).configure();
                    routes.addAll(((RouteBuilder) builder).getRouteCollection().getRoutes());
                }
            }
        }
        routes.sort(Comparator.comparing(route -> route.getInput().getEndpointUri()));
        return routes;
    }
}
