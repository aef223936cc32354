package org.manusroutes.lib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** What a jar says of itself: by the properties that Maven leaves in it, else by the name of its file. */
record JarInLib(
        Path file,
        @Nullable String group,
        String artifact,
        @Nullable String version) {
    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d[^-]*(?:-.*)?)\\.jar");
    private static final Pattern PROPERTIES = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

    static JarInLib of(Path file) {
        String name = String.valueOf(file.getFileName());
        try (ZipFile jar = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> found = jar.stream()
                    .filter(entry -> PROPERTIES.matcher(entry.getName()).matches())
                    .toList();
            for (ZipEntry entry : found) {
                Properties maven = new Properties();
                try (InputStream text = jar.getInputStream(entry)) {
                    maven.load(text);
                }
                String artifact = maven.getProperty("artifactId", "");
                // a jar that others are packed into has theirs too
                if (found.size() == 1 || name.startsWith(artifact + "-")) {
                    return new JarInLib(file, maven.getProperty("groupId"), artifact, maven.getProperty("version"));
                }
            }
        } catch (IOException | IllegalArgumentException noJarOrNoProperties) {
            return byName(file, name);
        }
        return byName(file, name);
    }

    private static JarInLib byName(Path file, String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? new JarInLib(file, null, parts.group(1), parts.group(2))
                : new JarInLib(file, null, name.replaceFirst("\\.jar$", ""), null);
    }

    /** The version in which the application has the same jar. */
    Optional<String> carried(Carried carried) {
        return group == null
                ? carried.versionOfArtifact(artifact)
                : carried.version(Coordinate.of(group, artifact, null));
    }
}
