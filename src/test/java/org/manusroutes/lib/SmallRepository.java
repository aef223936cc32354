package org.manusroutes.lib;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A Maven repository in a folder, with a Camel 9.1.0 of its own. */
final class SmallRepository {
    static final Carried CARRIED = new Carried(
            "0.1.0",
            Map.of(
                    "org.apache.camel:camel-api", "9.1.0",
                    "org.apache.camel:camel-sql", "9.1.0",
                    "org.springframework.boot:spring-boot", "8.0.0",
                    "org.springframework:spring-jcl", "7.0.0"));

    private final Path folder;

    SmallRepository(Path folder) throws Exception {
        this.folder = folder;
        pom(
                "org.apache.camel:camel-bom:9.1.0",
                "",
                managed(
                        "org.apache.camel:camel-kafka:9.1.0",
                        "org.apache.camel:camel-spring-rabbitmq:9.1.0",
                        "org.apache.camel:camel-rocketmq:9.1.0"));
        pom("org.apache.camel.springboot:camel-spring-boot-bom:9.1.0", "", "");
        pom("org.springframework.boot:spring-boot-dependencies:8.0.0", "", managed("org.kafka:clients:3.0"));
    }

    /** With a jar, whose bytes are its name, and a POM that has these dependencies. */
    void add(String coordinate, String... dependencies) throws Exception {
        pom(coordinate, dependencies(dependencies), "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new ZipEntry(coordinate.replace(':', '/')));
        }
        write(file(coordinate, "jar"), bytes.toByteArray());
    }

    Path file(String coordinate, String extension) {
        String[] parts = coordinate.split(":");
        return folder.resolve(parts[0].replace('.', '/'))
                .resolve(parts[1])
                .resolve(parts[2])
                .resolve(parts[1] + "-" + parts[2] + "." + extension);
    }

    /** A settings.xml that has everything come from here. */
    Path settings(Path into) throws IOException {
        return settings(into, folder.toUri().toString());
    }

    static Path settings(Path into, String url) throws IOException {
        return Files.writeString(into.resolve("settings.xml"), """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors><mirror><id>ours</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
                </settings>
                """.formatted(into.resolve("local"), url));
    }

    private void pom(String coordinate, String dependencies, String managed) throws Exception {
        String[] parts = coordinate.split(":");
        write(file(coordinate, "pom"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>
                  <dependencyManagement>%s</dependencyManagement>
                  %s
                </project>
                """.formatted(parts[0], parts[1], parts[2], managed, dependencies)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String managed(String... coordinates) {
        return dependencies(coordinates);
    }

    private static String dependencies(String... coordinates) {
        StringBuilder all = new StringBuilder("<dependencies>");
        for (String one : coordinates) {
            String[] parts = one.split(":");
            all.append(
                    "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>"
                            .formatted(
                                    parts[0], parts[1], parts[2], parts.length > 3 ? "<optional>true</optional>" : ""));
        }
        return all.append("</dependencies>").toString();
    }

    private static void write(Path file, byte[] bytes) throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        String sha1 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        Files.writeString(file.resolveSibling(file.getFileName() + ".sha1"), sha1);
    }
}
