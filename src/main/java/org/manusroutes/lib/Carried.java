package org.manusroutes.lib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The jars that the application carries, by its bill of materials. */
final class Carried {
    private static final String BILL = "/META-INF/sbom/application.cdx.json";

    /** What has the same classes, or must be there once, as a backend of the log. */
    private static final Map<String, String> TAKES_THE_PLACE_OF = Map.ofEntries(
            Map.entry("commons-logging:commons-logging", "org.springframework:spring-jcl"),
            Map.entry("org.slf4j:jcl-over-slf4j", "org.springframework:spring-jcl"),
            Map.entry("org.slf4j:slf4j-simple", "ch.qos.logback:logback-classic"),
            Map.entry("org.slf4j:slf4j-nop", "ch.qos.logback:logback-classic"),
            Map.entry("org.slf4j:slf4j-jdk14", "ch.qos.logback:logback-classic"),
            Map.entry("org.slf4j:slf4j-log4j12", "ch.qos.logback:logback-classic"),
            Map.entry("org.slf4j:slf4j-reload4j", "ch.qos.logback:logback-classic"),
            Map.entry("org.apache.logging.log4j:log4j-slf4j-impl", "ch.qos.logback:logback-classic"),
            Map.entry("org.apache.logging.log4j:log4j-slf4j2-impl", "ch.qos.logback:logback-classic"),
            Map.entry("org.eclipse.angus:jakarta.mail", "org.eclipse.angus:angus-mail"),
            Map.entry("com.sun.mail:jakarta.mail", "org.eclipse.angus:angus-mail"),
            Map.entry("com.sun.activation:jakarta.activation", "jakarta.activation:jakarta.activation-api"));

    private final String application;
    private final Map<String, String> versions;

    /** @param versions by {@code group:artifact} */
    Carried(String application, Map<String, String> versions) {
        this.application = application;
        this.versions = Map.copyOf(versions);
    }

    /** @throws IllegalStateException when this is not run from the application's jar or its build */
    static Carried read() {
        try (InputStream bill = Carried.class.getResourceAsStream(BILL)) {
            if (bill == null) {
                throw new IllegalStateException("the bill of materials " + BILL + " is not on the class path");
            }
            JsonNode root = new JsonMapper().readTree(bill);
            Map<String, String> versions = new HashMap<>();
            root.path("components")
                    .forEach(one -> versions.put(
                            one.path("group").asText() + ":" + one.path("name").asText(),
                            one.path("version").asText()));
            return new Carried(root.at("/metadata/component/version").asText(), versions);
        } catch (IOException e) {
            throw new IllegalStateException("the bill of materials " + BILL + " cannot be read", e);
        }
    }

    /** The version of this application. */
    String application() {
        return application;
    }

    String camel() {
        return versions.getOrDefault("org.apache.camel:camel-api", "unknown");
    }

    String springBoot() {
        return versions.getOrDefault("org.springframework.boot:spring-boot", "unknown");
    }

    /** The version in which the application has it, or the jar that has taken its place. */
    Optional<String> version(Coordinate jar) {
        if (!jar.classifier().isEmpty()) {
            return Optional.empty();
        }
        String taken = TAKES_THE_PLACE_OF.get(jar.key());
        return Optional.ofNullable(versions.get(jar.key()))
                .or(() -> Optional.ofNullable(taken == null ? null : versions.get(taken)));
    }

    /** The {@code group:artifact} of each, and of those whose place one of them takes. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(versions.keySet());
        keys.addAll(TAKES_THE_PLACE_OF.keySet());
        return keys;
    }

    /** Of a jar whose group is not known. */
    Optional<String> versionOfArtifact(String artifact) {
        return versions.entrySet().stream()
                .filter(one -> one.getKey().endsWith(":" + artifact))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
