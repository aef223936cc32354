package org.manusroutes.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the shipped route files to their rules; each breach is one line that names the file. */
class RouteFilesTests {
    private static final Path FOLDER = Path.of("routes");
    private static final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());

    /** Steps that reach outside and so carry an id and a description. */
    private static final Set<String> OUTWARD = Set.of("to", "toD", "multicast", "split");

    private static JsonSchema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream text = RouteFilesTests.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(text);
        }
    }

    static Stream<Path> routeFiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".camel.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void isCanonicalByCamelsOwnSchema(Path file) throws IOException {
        assertThat(schema.validate(yaml.readTree(file.toFile()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void keepsTheRulesOfTheFolder(Path file) throws IOException {
        String text = Files.readString(file);
        String id = file.getFileName().toString().replace(".camel.yaml", "");
        JsonNode document = yaml.readTree(text);
        List<String> breaches = new ArrayList<>();
        if (text.lines().count() >= 80 && !id.equals("dispatch-event")) {
            breaches.add("80 lines or more");
        }
        if (text.lines().anyMatch(line -> line.strip().startsWith("#"))) {
            breaches.add("a # comment, which Kaoto deletes");
        }
        if (document.size() != 1) {
            breaches.add("more than one route");
        }
        JsonNode route = document.path(0).path("route");
        if (route.isMissingNode()) {
            route = document.path(0).path("routeConfiguration");
        } else if (!route.at("/from/parameters/name").asText().equals(id)) {
            breaches.add("its direct: name is not " + id);
        } else if (!route.path("routeConfigurationId").asText().equals("error-handling")) {
            breaches.add("no routeConfigurationId: error-handling");
        }
        if (!route.path("id").asText().equals(id)) {
            breaches.add("its id is not " + id);
        }
        if (route.path("description").asText().isBlank()) {
            breaches.add("no description");
        }
        checkSteps(document, breaches, !id.equals("dispatch-event"));
        assertThat(breaches).as(file.getFileName().toString()).isEmpty();
    }

    @Test
    void usesOnlySettingsThatStandInTheSettingsFile() throws IOException {
        Set<String> known =
                keys("", yaml.readTree(Path.of("application.yaml").toFile())).collect(Collectors.toSet());
        Pattern placeholder = Pattern.compile("\\{\\{([^}:]+)");
        for (Path file : routeFiles().toList()) {
            Matcher used = placeholder.matcher(Files.readString(file));
            while (used.find()) {
                assertThat(known).as(file.getFileName().toString()).contains(used.group(1));
            }
        }
    }

    @Test
    void hasOneConsumerForEachDirectProducer() throws IOException {
        Set<String> consumers = routeFiles()
                .map(f -> f.getFileName().toString().replace(".camel.yaml", ""))
                .collect(Collectors.toSet());
        for (Path file : routeFiles().toList()) {
            List<String> targets = new ArrayList<>();
            collectDirectTargets(yaml.readTree(file.toFile()), targets);
            assertThat(consumers).as(file.getFileName().toString()).containsAll(targets);
        }
    }

    private static void checkSteps(JsonNode node, List<String> breaches, boolean idsAsked) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode step = field.getValue();
            if (field.getKey().equals("uri")
                    && (step.asText().contains("?") || step.asText().startsWith("direct:"))) {
                breaches.add("uri " + step.asText() + " is not canonical: options go under parameters");
            }
            if (OUTWARD.contains(field.getKey()) && step.isObject() && idsAsked) {
                if (!step.has("id")) {
                    breaches.add(field.getKey() + " without an id: "
                            + step.path("uri").asText());
                }
                if (!step.has("description")) {
                    breaches.add(field.getKey() + " without a description: "
                            + step.path("id").asText());
                }
            }
            checkSteps(step, breaches, idsAsked);
        }
        if (node.isArray()) {
            node.forEach(child -> checkSteps(child, breaches, idsAsked));
        }
    }

    private static void collectDirectTargets(JsonNode node, List<String> targets) {
        JsonNode to = node.path("to");
        if (to.path("uri").asText().equals("direct")) {
            targets.add(to.at("/parameters/name").asText());
        }
        node.forEach(child -> collectDirectTargets(child, targets));
    }

    private static Stream<String> keys(String prefix, JsonNode node) {
        if (!node.isObject()) {
            return Stream.of(prefix);
        }
        return node.properties().stream()
                .flatMap(field ->
                        keys(prefix.isEmpty() ? field.getKey() : prefix + '.' + field.getKey(), field.getValue()));
    }
}
