package org.manusroutes.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** Which jar a component, a language, a data format or a pattern of Camel is in. */
class CamelJarsTests {
    private final DefaultCamelCatalog catalog = new DefaultCamelCatalog();
    private final Set<String> artifacts = new HashSet<>();
    private final Map<String, Set<String>> claims = new TreeMap<>();

    @Test
    void areThoseOfTheCatalogOfThisVersion() throws IOException {
        catalog.findComponentNames()
                .forEach(name -> claim(
                        catalog.componentModel(name),
                        Stream.concat(
                                Stream.of(name),
                                Stream.of(catalog.componentModel(name).getAlternativeSchemes())
                                        .filter(schemes -> schemes != null)
                                        .flatMap(schemes -> Arrays.stream(schemes.split(","))))));
        catalog.findLanguageNames()
                .forEach(name -> claim(
                        catalog.languageModel(name),
                        Stream.of(name, catalog.languageModel(name).getModelName())));
        catalog.findDataFormatNames()
                .forEach(name -> claim(
                        catalog.dataFormatModel(name),
                        Stream.of(name, catalog.dataFormatModel(name).getModelName())));
        catalog.findOtherNames().forEach(name -> claim(catalog.otherModel(name), Stream.of(name)));
        Map<String, String> expected =
                new TreeMap<>(Map.of("circuitBreaker", "camel-resilience4j", "circuit-breaker", "camel-resilience4j"));
        claims.forEach((name, claimants) -> {
            if (claimants.size() == 1 && !artifacts.contains("camel-" + name)) {
                expected.put(name, claimants.iterator().next());
            }
        });
        assertThat(expected).hasSizeGreaterThan(100);
        Properties known = PropertiesLoaderUtils.loadProperties(new ClassPathResource("camel-jars.properties"));
        assertThat(new TreeMap<Object, Object>(known)).isEqualTo(expected);
    }

    private void claim(ArtifactModel<?> model, Stream<String> names) {
        artifacts.add(model.getArtifactId());
        names.filter(name -> name != null)
                .forEach(name ->
                        claims.computeIfAbsent(name, claimed -> new TreeSet<>()).add(model.getArtifactId()));
    }

    @ParameterizedTest
    @CsvSource({
        "kafka, camel-kafka",
        "camel-kafka, camel-kafka",
        "sftp, camel-ftp",
        "aws2-kinesis-firehose, camel-aws2-kinesis",
        "hazelcast-queue, camel-hazelcast",
        "pgp, camel-crypto-pgp",
        "xquery, camel-saxon",
        "circuitBreaker, camel-resilience4j",
        "avro, camel-avro"
    })
    void areFoundByTheNameThatARouteUses(String name, String artifact) {
        assertThat(Coordinate.parse(name)).isEqualTo(Coordinate.of(Coordinate.CAMEL, artifact, null));
    }
}
