package org.manusroutes.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The local repository of the build as the remote one of {@code lib add}: it holds what the build has resolved. */
public final class BuildRepository {
    private BuildRepository() {}

    /** Writes the {@code settings.xml} into that folder, beside a local repository that is empty. */
    public static Path settings(Path into) throws IOException {
        Path jar = Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(Path::of)
                .filter(file -> file.getFileName().toString().startsWith("camel-kafka-"))
                .findFirst()
                .orElseThrow();
        assumeTrue(
                Files.exists(Path.of(jar.toString().replaceFirst("jar$", "pom"))),
                "no repository without a network: " + jar.getParent() + " is none");
        Path repository = jar.resolve("../../../../../..").normalize();
        return Files.writeString(
                into.resolve("settings.xml"), """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors><mirror><id>build</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
                </settings>
                """.formatted(into.resolveSibling("local"), repository.toUri()));
    }
}
