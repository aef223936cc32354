package org.manusroutes.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manusroutes.support.BuildRepository;
import org.manusroutes.support.Distribution;
import org.manusroutes.support.DistributionTest;
import org.springframework.util.FileSystemUtils;

/** A folder of {@code routes/recipes}, followed in the unzipped distribution as its page says, and run. */
final class Recipe implements AutoCloseable {
    private static final Map<String, Object> QUICK = Map.of(
            "manus.webhook.signature", "off", "manus.inbox.retry.first-delay", "500ms", "manus.inbox.lease", "5s");

    private final Distribution distribution;
    private final Path mavenSettings;
    private final Map<String, Object> settings = new HashMap<>(QUICK);

    private Recipe(Distribution distribution, Path mavenSettings) {
        this.distribution = distribution;
        this.mavenSettings = mavenSettings;
    }

    /**
     * Unzips, copies the files, adds the components.
     *
     * @param name of the recipe; several, with a blank between them, that have no file in common
     */
    static Recipe follow(Path folder, String name, Map<String, Object> settings, String... components)
            throws IOException, InterruptedException {
        Path user = Files.createDirectory(folder.resolve("user"));
        Distribution unzipped = Distribution.trained(Files.createDirectory(folder.resolve("unzipped")));
        Recipe recipe = new Recipe(unzipped, BuildRepository.settings(user));
        recipe.settings.putAll(settings);
        Path routes = recipe.routes();
        for (String one : name.split(" ")) {
            FileSystemUtils.copyRecursively(routes.resolve("recipes").resolve(one), routes);
        }
        for (String component : components) {
            assertThat(recipe.command("lib", "add", component, "--settings", recipe.mavenSettings.toString()))
                    .startsWith("0 added ");
        }
        return recipe;
    }

    private Path home() {
        return distribution.folder();
    }

    String command(String... arguments) throws IOException, InterruptedException {
        return distribution.command(settings, arguments);
    }

    /** The routes check, the jars are those of the lock file, and none of them is one of the application's. */
    void assertSound() throws IOException, InterruptedException {
        assertThat(command("routes", "check")).startsWith("0 no problems");
        assertThat(command("lib", "verify")).startsWith("0 no problems");
        Set<String> carried;
        try (JarFile application =
                new JarFile(home().resolve("manus-webhook-routes.jar").toFile())) {
            carried = application.stream()
                    .filter(entry -> entry.getName().startsWith("BOOT-INF/lib/"))
                    .map(entry -> artifact(entry.getName()))
                    .collect(Collectors.toSet());
        }
        try (Stream<Path> added = Files.list(home().resolve("lib"))) {
            List<String> jars = added.map(file -> artifact(file.toString())).toList();
            assertThat(jars).hasSizeGreaterThan(1).doesNotContainAnyElementsOf(carried);
        }
    }

    private static String artifact(String file) {
        return file.replaceFirst(".*/", "").replaceFirst("-\\d.*", "");
    }

    Path routes() {
        return home().resolve("routes");
    }

    long pid() {
        return distribution.process().pid();
    }

    void start() {
        distribution.start(distribution.h2File(), settings).awaitReady();
    }

    /** Starts it; how long it took until it stored an event. */
    Duration startWithAnEvent(String id) throws Exception {
        long begun = System.nanoTime();
        start();
        finish(id);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    void finish(String id) throws Exception {
        post(DistributionTest.finish(id));
    }

    void post(String event) throws Exception {
        HttpResponse<String> answer = distribution.post(event);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    void stop() throws InterruptedException {
        distribution.terminate();
        distribution.awaitEnd();
    }

    void awaitDone(int events) {
        await().until(() -> distribution
                .get("/actuator/prometheus")
                .contains("manus_event_seconds_count{event_type=\"task_stopped\",outcome=\"done\"} " + events));
    }

    void awaitSaid(String words) {
        await().until(() -> output().contains(words));
    }

    String output() throws IOException {
        return distribution.output();
    }

    String health() throws IOException, InterruptedException {
        return distribution.get("/actuator/health");
    }

    @Override
    public void close() {
        distribution.close();
    }
}
