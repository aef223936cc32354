package org.manusroutes.lib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Names a jar in a Maven repository.
 *
 * @param classifier empty for most
 * @param version null for the one that goes with the application
 */
record Coordinate(
        String group,
        String artifact,
        String classifier,
        @Nullable String version) {
    static final String CAMEL = "org.apache.camel";

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

    /** What is in a jar of another name: sftp is in camel-ftp. */
    private static final String OTHER_NAMES = "camel-jars.properties";

    static Coordinate of(String group, String artifact, @Nullable String version) {
        return new Coordinate(group, artifact, "", version);
    }

    /**
     * {@code kafka}, {@code camel-kafka}, {@code camel-kafka-starter}, {@code group:artifact} or
     * {@code group:artifact:version}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Coordinate parse(String asked) {
        String[] parts = asked.split(":", -1);
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                throw notUnderstood(asked);
            }
        }
        if (parts.length == 1) {
            String artifact = otherNames().getProperty(asked, asked.startsWith("camel-") ? asked : "camel-" + asked);
            return of(artifact.endsWith("-starter") ? CAMEL + ".springboot" : CAMEL, artifact, null);
        }
        if (parts.length > 3) {
            throw notUnderstood(asked);
        }
        String version = parts.length == 3 ? parts[2] : null;
        if ("LATEST".equals(version) || "RELEASE".equals(version)) {
            throw new IllegalArgumentException("'" + asked + "' names no fixed version: write its number");
        }
        return of(parts[0], parts[1], version);
    }

    private static Properties otherNames() {
        try {
            return PropertiesLoaderUtils.loadProperties(new ClassPathResource(OTHER_NAMES));
        } catch (IOException e) {
            throw new UncheckedIOException(OTHER_NAMES + " is not in the application", e);
        }
    }

    private static IllegalArgumentException notUnderstood(String asked) {
        return new IllegalArgumentException("'" + asked
                + "' names no jar: write the name of a Camel component (kafka), or group:artifact or"
                + " group:artifact:version");
    }

    /** What is the same for all versions. */
    String key() {
        return group + ":" + artifact + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    /** Of the Camel project, so that it goes with one version of Camel. */
    boolean isOfCamel() {
        return group.equals(CAMEL) || group.startsWith(CAMEL + ".");
    }

    Coordinate withVersion(String known) {
        return new Coordinate(group, artifact, classifier, known);
    }

    /** The name that the jar has in a Maven repository. */
    String file() {
        return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    /** {@code 4.18} of {@code 4.18.0}. */
    static String minor(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*$", "$1");
    }

    @Override
    public String toString() {
        return key() + (version == null ? "" : ":" + version);
    }
}
