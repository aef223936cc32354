package org.manusroutes.manus.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Camel's tools, and {@code routes check}, read about the component is what its annotations say. */
class ComponentSchemaTests {
    private static JsonNode schema;

    @BeforeAll
    static void read() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            schema = new JsonMapper().readTree(((CatalogCamelContext) camel).getComponentParameterJsonSchema("manus"));
        }
    }

    @Test
    void listsTheOptionsOfTheEndpoint() {
        Map<String, String> annotated = new LinkedHashMap<>();
        for (Field field : ManusEndpoint.class.getDeclaredFields()) {
            UriParam option = field.getAnnotation(UriParam.class);
            if (option != null) {
                annotated.put(
                        field.getName(), option.label() + "|" + option.defaultValue() + "|" + option.description());
            }
            UriPath path = field.getAnnotation(UriPath.class);
            if (path != null) {
                annotated.put(field.getName(), "||" + path.description());
            }
        }
        Map<String, String> listed = new LinkedHashMap<>();
        schema.path("properties")
                .properties()
                .forEach(option -> listed.put(
                        option.getKey(),
                        Stream.of("label", "defaultValue", "description")
                                .map(part -> option.getValue().path(part).asText())
                                .reduce((one, other) -> one + "|" + other)
                                .orElseThrow()));
        listed.remove("lazyStartProducer"); // of every producer
        assertThat(listed).containsExactlyEntriesOf(annotated);
        assertThat(schema.at("/properties/operation/enum").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(
                        Arrays.stream(ManusOperation.values()).map(Enum::name).toList());
        assertThat(new ManusEndpointUriFactory().propertyNames())
                .containsAll(annotated.keySet())
                .hasSize(annotated.size() + 1);
    }

    @Test
    void listsTheHeaders() throws Exception {
        Map<String, String> annotated = new LinkedHashMap<>();
        for (Field field : ManusConstants.class.getDeclaredFields()) {
            Metadata header = field.getAnnotation(Metadata.class);
            annotated.put((String) field.get(null), header.label() + "|" + header.description());
        }
        Map<String, String> listed = new LinkedHashMap<>();
        schema.path("headers")
                .properties()
                .forEach(header -> listed.put(
                        header.getKey(),
                        header.getValue().path("label").asText() + "|"
                                + header.getValue().path("description").asText()));
        assertThat(listed).containsExactlyEntriesOf(annotated);
    }
}
