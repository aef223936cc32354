package org.manusroutes.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.unit.DataSize;

/** Reads manifests of Kubernetes, settings, and lines of other files. */
final class DeployFiles {
    private static final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());

    private DeployFiles() {}

    static JsonNode read(Path file) throws IOException {
        return yaml.readTree(file.toFile());
    }

    static Properties settings(String file) {
        YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
        reader.setResources(new FileSystemResource(file));
        return Objects.requireNonNull(reader.getObject());
    }

    static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> entries = new TreeMap<>();
        list.forEach(entry -> entries.put(entry.path("name").asText(), entry));
        return entries;
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }

    /** Kubernetes writes Mi and Gi for what Spring writes MB and GB. */
    static long bytes(JsonNode quantity) {
        return DataSize.parse(quantity.asText().replace('i', 'B')).toBytes();
    }

    /** The group of the first match, which there must be. */
    static String found(String regex, String text) {
        Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(text);
        assertThat(matcher.find()).as("%s in %s", regex, text).isTrue();
        return matcher.group(1);
    }

    static List<String> all(String regex, String text) {
        return Pattern.compile(regex, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
