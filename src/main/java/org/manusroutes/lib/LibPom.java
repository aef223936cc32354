package org.manusroutes.lib;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manusroutes.lib.LibLock.Added;
import org.manusroutes.lib.LibLock.Jar;

/** A {@code pom.xml} that fetches, on another machine, what is in {@code lib/} or is to be there. */
public final class LibPom {
    private static final String COMMAND = "mvn dependency:copy-dependencies -DoutputDirectory=lib";

    private LibPom() {}

    /**
     * Each jar of the lock in its version, or what is asked for in the version that goes with the application.
     *
     * @throws IllegalArgumentException when nothing is asked for, and nothing was added
     */
    public static String of(Path lib, List<String> asked) {
        Carried carried = Carried.read();
        return asked.isEmpty() ? ofLock(lib, carried) : ofAsked(asked, carried);
    }

    private static String ofLock(Path lib, Carried carried) {
        LibLock lock = LibLock.read(lib).orElse(LibLock.none(carried.application()));
        if (lock.jars().isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing was added to " + lib + ": write what you want, lib export kafka");
        }
        return pom(
                lock.added().stream().map(Added::asked).collect(Collectors.joining(", ")),
                "",
                lock.jars().stream()
                        .map(Jar::parsed)
                        .map(jar -> dependency(jar, exclusion("*:*")))
                        .collect(Collectors.joining()));
    }

    static String ofAsked(List<String> asked, Carried carried) {
        String imports = Stream.of(
                        Coordinate.of(Coordinate.CAMEL, "camel-bom", carried.camel()),
                        Coordinate.of("org.apache.camel.springboot", "camel-spring-boot-bom", carried.camel()),
                        Coordinate.of("org.springframework.boot", "spring-boot-dependencies", carried.springBoot()))
                .map(bom -> "  " + dependency(bom, "<type>pom</type><scope>import</scope>"))
                .collect(Collectors.joining());
        String exclusions = carried.keys().stream().map(LibPom::exclusion).collect(Collectors.joining());
        StringBuilder dependencies = new StringBuilder();
        for (String one : asked) {
            Coordinate wanted = Coordinate.parse(one);
            if (LibPlan.isCarried(wanted, carried)) {
                throw new IllegalArgumentException(one + " is in the application already");
            }
            dependencies.append(dependency(wanted, exclusions));
        }
        return pom(
                String.join(", ", asked),
                "  <dependencyManagement>\n    <dependencies>\n" + imports
                        + "    </dependencies>\n  </dependencyManagement>\n",
                dependencies.toString());
    }

    private static String pom(String what, String management, String dependencies) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <!-- %s: %s -->
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.manusroutes</groupId>
                  <artifactId>lib</artifactId>
                  <version>1</version>
                %s  <dependencies>
                %s  </dependencies>
                </project>
                """.formatted(what.replace("--", "- -"), COMMAND, management, dependencies);
    }

    private static String dependency(Coordinate jar, String more) {
        return "    <dependency>\n      " + element("groupId", jar.group()) + element("artifactId", jar.artifact())
                + element("version", jar.version()) + element("classifier", jar.classifier()) + "\n"
                + (more.contains("<exclusion>")
                        ? "      <exclusions>\n" + more + "      </exclusions>\n"
                        : "      " + more + "\n")
                + "    </dependency>\n";
    }

    private static String exclusion(String key) {
        String[] parts = key.split(":", -1);
        return "        <exclusion>" + element("groupId", parts[0]) + element("artifactId", parts[1])
                + "</exclusion>\n";
    }

    private static String element(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? "" : "<" + name + ">" + value + "</" + name + ">";
    }
}
