package org.manusroutes.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.manusroutes.distribution.DeployFiles.all;
import static org.manusroutes.distribution.DeployFiles.byName;
import static org.manusroutes.distribution.DeployFiles.bytes;
import static org.manusroutes.distribution.DeployFiles.found;
import static org.manusroutes.distribution.DeployFiles.read;
import static org.manusroutes.distribution.DeployFiles.settings;
import static org.manusroutes.distribution.DeployFiles.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.Main;
import org.manusroutes.bundle.Bundle;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** Holds what {@code deploy/} says against the code, the settings and the systemd unit that say the same. */
class DeployTests {
    private static final Path BASE = Path.of("deploy/kubernetes");
    private static final Path EXAMPLE = Path.of("deploy/example");

    private final JsonNode deployment = read(BASE.resolve("deployment.yaml"));
    private final JsonNode pod = deployment.at("/spec/template/spec");
    private final JsonNode receiver = pod.at("/containers/0");
    private final Map<String, JsonNode> environment = byName(receiver.path("env"));
    private final Map<String, JsonNode> mounts = byName(receiver.path("volumeMounts"));
    private final Map<String, JsonNode> volumes = byName(pod.path("volumes"));
    private final JsonNode policy = read(BASE.resolve("network-policy.yaml"));
    private final JsonNode ingress = read(EXAMPLE.resolve("ingress.yaml"));
    private final Properties shipped = settings("application.yaml");
    private final Properties internal = settings("src/main/resources/application.yaml");
    private final String dockerfile = Files.readString(Path.of("deploy/Dockerfile"));
    private final String unit = Files.readString(Path.of("bin/manus-webhook-routes.service"));
    private final String example = Files.readString(EXAMPLE.resolve("settings.env"));

    DeployTests() throws IOException {}

    @ParameterizedTest
    @ValueSource(strings = {"startupProbe", "livenessProbe", "readinessProbe"})
    void asksForHealthThatIsThereAtThePortThatIsServed(String probe) {
        JsonNode request = receiver.path(probe).path("httpGet");
        String group = probe.equals("readinessProbe") ? "readiness" : "liveness";
        assertThat(request.path("path").asText()).isEqualTo("/actuator/health/" + group);
        assertThat(request.path("port").asText()).isEqualTo("http");
        assertThat(internal.getProperty("management.endpoint.health.probes.enabled"))
                .isEqualTo("true");
        assertThat(internal.getProperty("management.endpoint.health.group.readiness.include"))
                .isNotBlank();
        assertThat(internal.getProperty("management.endpoints.web.exposure.include"))
                .contains("health", "prometheus");
    }

    @Test
    void servesThePortOfTheSettings() throws IOException {
        String port = shipped.getProperty("server.port");
        JsonNode annotations = deployment.at("/spec/template/metadata/annotations");
        assertThat(receiver.at("/ports/0/containerPort").asText()).isEqualTo(port);
        assertThat(receiver.at("/ports/0/name").asText()).isEqualTo("http");
        assertThat(found("^EXPOSE (\\d+)$", dockerfile)).isEqualTo(port);
        assertThat(annotations.path("prometheus.io/port").asText()).isEqualTo(port);
        assertThat(annotations.path("prometheus.io/path").asText()).isEqualTo("/actuator/prometheus");
        assertThat(read(BASE.resolve("service.yaml"))
                        .at("/spec/ports/0/targetPort")
                        .asText())
                .isEqualTo("http");
        assertThat(policy.at("/spec/ingress").findValuesAsText("port")).containsExactly("http");
    }

    @Test
    void letsThemReachTheMailServerTheDatabaseAndTheRestByHttps() {
        String database = found("^SPRING_DATASOURCE_URL=jdbc:postgresql://[^:/]+:(\\d+)/", example);
        assertThat(policy.at("/spec/egress").findValuesAsText("port"))
                .containsExactly("53", "53", database, shipped.getProperty("manus.mail.port"), "443");
    }

    @Test
    void letsIntoTheWebhookAndToAnswersAndNothingElse() {
        JsonNode path = ingress.at("/spec/rules/0/http/paths/0");
        assertThat(ingress.findValuesAsText("path"))
                .containsExactly(shipped.getProperty("manus.webhook.path"), "/slack/interactions", "/answer/");
        assertThat(path.path("pathType").asText()).isEqualTo("Exact");
        assertThat(found("^MANUS_WEBHOOK_PUBLIC_URL=(.+)$", example))
                .isEqualTo("https://" + ingress.at("/spec/rules/0/host").asText()
                        + path.path("path").asText());
        String largest =
                ingress.findValue("nginx.ingress.kubernetes.io/proxy-body-size").asText();
        assertThat(DataSize.parse(largest.toUpperCase(Locale.ROOT) + "B"))
                .isEqualTo(DataSize.parse(shipped.getProperty("manus.webhook.max-body")));
    }

    @Test
    void namesOnlySettingsThatAreThere() throws IOException {
        Set<String> known = new TreeSet<>();
        shipped.keySet()
                .forEach(key ->
                        known.add(String.valueOf(key).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")));
        known.addAll(all("\\$\\{([A-Z_]+):", Files.readString(Path.of("application.yaml"))));
        known.addAll(all("\\b((?:SPRING|LOGGING)_[A-Z_]+)\\b", Files.readString(Path.of("docs/production.md"))));
        try (Stream<Path> files = Files.walk(Path.of("deploy"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(all("\\b((?:MANUS|SPRING|LOGGING|SERVER|AWS)_[A-Z_]+)\\b", Files.readString(file)))
                        .as(file.toString())
                        .isSubsetOf(known);
            }
        }
        assertThat(all("^(\\w+)=", example)).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void readsSecretsAndTheAuthorityOfTheDatabaseFromWhereTheyAreMounted() {
        assertThat(value("SPRING_CONFIG_IMPORT")).isEqualTo("configtree:" + mountPath("secrets") + "/");
        assertThat(found("[?&]sslrootcert=([^&\\n]+)", example)).startsWith(mountPath("ca") + "/");
        // a service may be called manus-mail
        assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
    }

    @Test
    void listsEveryRouteThatIsShippedInOneConfigMap() throws IOException {
        JsonNode generator = read(Path.of("routes/kustomization.yaml"))
                .path("configMapGenerator")
                .path(0);
        Map<String, String> routes = Bundle.read(Path.of("routes")).texts();
        assertThat(texts(generator.path("files"))).isNotEmpty().containsExactlyElementsOf(routes.keySet());
        assertThat(String.join("", routes.values()))
                .as("what kubectl apply keeps in an annotation")
                .hasSizeLessThan(256 * 1024);
        assertThat(volumes.get("routes").at("/configMap/name").asText())
                .isEqualTo(generator.path("name").asText());
        String home = found("^WORKDIR (/opt/.+)$", dockerfile);
        assertThat(mountPath("routes")).isEqualTo(home + "/" + shipped.getProperty("manus.routes.directory"));
        assertThat(value("MANUS_ROUTES_DIRECTORY")).isEqualTo(mountPath("routes") + "/..data");
        assertThat(mounts.get("routes").has("subPath")).as("would never change").isFalse();
    }

    @Test
    void keepsFilesOnTheirWayOnADiskThatIsLargeEnough() {
        String spool = value("MANUS_ATTACHMENTS_SPOOL_DIRECTORY");
        assertThat(spool)
                .startsWith(mountPath("state") + "/")
                .isEqualTo(found("^ENV MANUS_ATTACHMENTS_SPOOL_DIRECTORY=(.+)$", dockerfile))
                .isEqualTo(found("^Environment=MANUS_ATTACHMENTS_SPOOL_DIRECTORY=(.+)$", unit));
        JsonNode state = volumes.get("state").path("emptyDir");
        assertThat(state.has("medium")).as("memory").isFalse();
        long copies = Long.parseLong(shipped.getProperty("manus.attachments.copies"));
        assertThat(bytes(state.path("sizeLimit")))
                .isGreaterThanOrEqualTo(copies
                        * DataSize.parse(shipped.getProperty("manus.attachments.max-size"))
                                .toBytes());
    }

    @Test
    void runsAsAUserOfItsOwnThatMayDoNothingElse() {
        String user = found("^USER (\\d+):\\d+$", dockerfile);
        assertThat(dockerfile).contains("USER " + user + ":" + user, "--uid " + user + " ", "--gid " + user + " ");
        JsonNode all = pod.path("securityContext");
        assertThat(List.of(all.path("runAsUser"), all.path("runAsGroup"), all.path("fsGroup")))
                .allSatisfy(id -> assertThat(id.asText()).isEqualTo(user).isNotEqualTo("0"));
        assertThat(all.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(all.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        JsonNode own = receiver.path("securityContext");
        assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(own.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(mountPath("tmp")).isEqualTo("/tmp");
    }

    @Test
    void waitsLongerForAStopThanTheApplicationTakes() {
        Duration patience =
                Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()
                        - receiver.at("/lifecycle/preStop/sleep/seconds").asLong());
        Duration phase =
                DurationStyle.detectAndParse(internal.getProperty("spring.lifecycle.timeout-per-shutdown-phase"));
        assertThat(patience)
                .isGreaterThan(phase.plusSeconds(10))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(Long.parseLong(found("^TimeoutStopSec=(\\d+)$", unit))));
    }

    @Test
    void hasTheHeapOfTheServiceWithinItsMemory() {
        long percent = Long.parseLong(found("-XX:MaxRAMPercentage=(\\d+)", dockerfile));
        long limit = bytes(receiver.at("/resources/limits/memory"));
        DataSize heap = DataSize.ofMegabytes(Long.parseLong(found("-Xmx(\\d+)m", unit)));
        assertThat(limit * percent / 100).isGreaterThanOrEqualTo(heap.toBytes());
        assertThat(bytes(receiver.at("/resources/requests/memory"))).isEqualTo(limit);
        assertThat(dockerfile).contains("-XX:+ExitOnOutOfMemoryError", "\"" + Main.class.getName() + "\"]");
    }

    @Test
    void sharesWhatSlackTakesAmongTheNodes() throws IOException {
        String base = Files.readString(BASE.resolve("kustomization.yaml"));
        String rate = found("MANUS_SLACK_MESSAGES_PER_SECOND=(.+)$", base);
        assertThat(Double.parseDouble(rate) * deployment.at("/spec/replicas").asInt())
                .isLessThanOrEqualTo(Double.parseDouble(shipped.getProperty("manus.slack.messages-per-second")));
    }

    @Test
    void namesTheVersionOfEveryImage() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = found("<artifactId>manus-webhook-routes</artifactId>\\s+<version>(.+)</version>", pom);
        int oldest = Integer.parseInt(found("<java.version>(\\d+)</java.version>", pom));
        assertThat(receiver.path("image").asText()).isEqualTo("manus-webhook-routes:" + version);
        assertThat(read(EXAMPLE.resolve("kustomization.yaml"))
                        .at("/images/0/newTag")
                        .asText())
                .isEqualTo(version);
        assertThat(dockerfile).contains("manus-webhook-routes:" + version + " .");
        for (String image : all("^FROM (.+)$", dockerfile)) {
            String java = found("^eclipse-temurin:(\\d+)-jre-[a-z]+(?: AS [a-z]+)?$", image);
            assertThat(Integer.parseInt(java)).isGreaterThanOrEqualTo(oldest);
        }
    }

    @Test
    void isSelectedByOneLabel() throws IOException {
        JsonNode label = deployment.at("/spec/template/metadata/labels");
        assertThat(List.of(
                        deployment.at("/spec/selector/matchLabels"),
                        pod.at("/topologySpreadConstraints/0/labelSelector/matchLabels"),
                        pod.at("/topologySpreadConstraints/1/labelSelector/matchLabels"),
                        policy.at("/spec/podSelector/matchLabels"),
                        read(BASE.resolve("service.yaml")).at("/spec/selector"),
                        read(BASE.resolve("pod-disruption-budget.yaml")).at("/spec/selector/matchLabels")))
                .containsOnly(label);
    }

    private String value(String variable) {
        return environment.get(variable).path("value").asText();
    }

    private String mountPath(String volume) {
        assertThat(volumes).containsKey(volume);
        return mounts.get(volume).path("mountPath").asText();
    }
}
