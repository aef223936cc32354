package org.manusroutes.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.manusroutes.support.Bounded;

/** Runs the commands of a distribution from another folder than its own. */
record FromElsewhere(Path home, Path elsewhere) {
    /** By the trained script; the exit code, a blank, and what it printed. */
    String run(String... arguments) throws IOException, InterruptedException {
        return run(List.of("sh", home + "/bin/manus-webhook-routes"), arguments);
    }

    /** By {@code java -jar}; slower. */
    String runJar(String... arguments) throws IOException, InterruptedException {
        return run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        home.resolve("manus-webhook-routes.jar").toString()),
                arguments);
    }

    private String run(List<String> program, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(elsewhere.getParent(), "command", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(program.stream(), Stream.of(arguments)).toList())
                .directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return Bounded.end(builder.start()) + " " + Files.readString(output);
    }

    /** The shipped routes and one more, in a folder of that name beside nothing else. */
    void copyRoutes(String name, String file, String route) throws IOException {
        Path routes = Files.createDirectory(elsewhere.resolve(name));
        try (Stream<Path> shipped = Files.list(home.resolve("routes"))) {
            for (Path one : shipped.filter(Files::isRegularFile).toList()) {
                Files.copy(one, routes.resolve(one.getFileName()));
            }
        }
        Files.writeString(routes.resolve(file), route);
    }
}
