package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.ApiStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.util.FileSystemUtils;

/** The recipes that call other systems by HTTP, and what they do when those say no; secrets come from files. */
class HttpRecipesIT {
    /** What breaks texts that are put together without care. */
    private static final String NASTY = "\"Q3\" \\ 'it', b) } ${env:HOME} {{manus.api.key}}\n😀 <b>&";

    /** In the URL of a flow, whose secret it is. */
    private static final String SIGNATURE = "sig=ZXlK-a_b";

    @TempDir
    private static Path folder;

    @TempDir
    private static Path secrets;

    private static ManusSimulator manus;
    private static S3StandIn s3;
    private static SlackStandIn slack;
    private static ApiStandIn api;
    private static RunningApplication application;
    private static RecipeFolder recipes;

    @BeforeAll
    static void start() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        manus = ManusSimulator.start();
        s3 = S3StandIn.start();
        s3.createBucket("tables");
        slack = SlackStandIn.start();
        api = ApiStandIn.start();
        Map<String, Object> slackWithoutToken = new HashMap<>(slack.settings());
        secret("manus.slack.token", slackWithoutToken.remove("manus.slack.token"));
        secret("acme.crm.token", "t0k+en/=");
        secret("acme.oauth2.client-secret", "s3cret");
        application = RunningApplication.start(
                Databases.POSTGRESQL.fresh(),
                manus.settings(),
                s3.settings(),
                slackWithoutToken,
                Map.of(
                        "spring.config.import",
                        "configtree:" + secrets + "/",
                        "manus.webhook.signature",
                        "off",
                        "manus.routes.directory",
                        folder,
                        "manus.routes.settle",
                        "100ms"),
                Map.of(
                        "acme.teams.url", api.url("/teams?" + SIGNATURE + "&sp=%2Ftriggers%2Frun&sv=1.0"),
                        "acme.crm.url", api.url("/crm"),
                        "acme.oauth2.url", api.url("/guarded"),
                        "acme.oauth2.token-url", api.url("/token"),
                        "acme.oauth2.client-id", "manus",
                        "acme.tables.bucket", "tables"));
        recipes = new RecipeFolder(folder, application);
    }

    /** As Docker and Kubernetes mount it, with the line end of an editor. */
    private static void secret(String name, Object value) throws IOException {
        Files.writeString(secrets.resolve(name), value + "\n");
    }

    @AfterAll
    static void stop() {
        application.close();
        api.close();
        slack.close();
        s3.close();
        manus.close();
    }

    @BeforeEach
    void forget() {
        slack.reset();
    }

    @Test
    void tellTeamsByACardWhateverTheAgentWrites() throws Exception {
        recipes.use("teams-alert");
        api.answerNext("/teams", 500, "not now");
        Map<String, Object> event = finish(NASTY, "🙂".repeat(6000));
        recipes.process(event);
        recipes.process(stopped("ask", "Which year?", "2025 or 2026?"));
        recipes.process(manus.event("task_stopped")
                .reason("finish")
                .title("")
                .withoutUrl()
                .build());
        replay(event);
        List<ApiStandIn.Request> requests = api.requests("/teams");
        assertThat(requests)
                .hasSize(4)
                .allMatch(request -> request.method().equals("POST")
                        && request.query().equals(SIGNATURE + "&sp=%2Ftriggers%2Frun&sv=1.0"));
        assertThat(application.rows("select error from attempt").toString())
                .contains("alert-teams: IOException: Teams answered 500")
                .doesNotContain("ZXlK");
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
        assertThat(requests.get(1).body().length()).isLessThan(28_000);
        assertThat(block(requests.get(1)).path("text").asText())
                .startsWith("**Task finished**: " + NASTY + "\n\n🙂")
                .endsWith("🙂…");
        assertThat(block(requests.get(2)).path("text").asText())
                .startsWith("**Manus needs your answer**: Which year?\n\n2025 or 2026?\n\nhttps://manus.im/app/");
        assertThat(block(requests.get(3)).path("text").asText()).isEqualTo("**Task finished**:");
    }

    private static JsonNode block(ApiStandIn.Request request) throws IOException {
        JsonNode message = request.json();
        assertThat(message.path("type").asText()).isEqualTo("message");
        JsonNode attachment = message.at("/attachments/0");
        assertThat(attachment.path("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(attachment.at("/content/type").asText()).isEqualTo("AdaptiveCard");
        JsonNode block = attachment.at("/content/body/0");
        assertThat(block.path("wrap").isBoolean()).isTrue();
        return block;
    }

    @Test
    void postAResultWithATokenFromAFile() throws Exception {
        recipes.use("http-with-bearer-token");
        api.answerNext("/crm", 500, "not now");
        api.answerNext("/crm", 302, "elsewhere");
        Map<String, Object> event = finish(NASTY, "All done.");
        recipes.process(event);
        recipes.process(finish("Next", null));
        replay(event);
        List<ApiStandIn.Request> requests = api.requests("/crm");
        assertThat(requests).hasSize(4).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.header("Authorization")).isEqualTo("Bearer t0k+en/=");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.headers().keySet()).doesNotContain("Title", "Answer", "Key", "Task");
        });
        JsonNode result = requests.get(2).json();
        assertThat(result.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("key", "task", "title", "answer");
        assertThat(result.path("title").asText()).isEqualTo(NASTY);
        assertThat(result.path("key").asText()).isEqualTo(event.get("event_id"));
        assertThat(requests.get(3).json().path("answer").isNull()).isTrue();
        assertThat(slack.posts()).as("its token comes from a file too").hasSize(2);
    }

    @Test
    void postAResultWithATokenThatIsFetched() throws Exception {
        recipes.use("oauth2-client-credentials");
        api.answerNext("/token", 401, "{\"error\":\"invalid_client\"}");
        api.answerNext("/token", 200, "{\"access_token\":\"fetched\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
        api.answerNext("/guarded", 503, "not now");
        Map<String, Object> event = finish("First", "All done.");
        recipes.process(event);
        recipes.process(finish("Second", "All done."));
        replay(event);
        assertThat(api.requests("/token")).hasSize(2).allSatisfy(request -> {
            assertThat(request.body()).isEqualTo("grant_type=client_credentials");
            assertThat(request.header("Authorization")).isEqualTo("Basic bWFudXM6czNjcmV0");
        });
        assertThat(api.requests("/guarded"))
                .hasSize(3)
                .allMatch(request -> request.header("Authorization").equals("Bearer fetched"))
                .last()
                .satisfies(request ->
                        assertThat(request.json().path("title").asText()).isEqualTo("Second"));
    }

    @Test
    void putFilesWhereTheirExtensionSays() throws Exception {
        recipes.use("files-by-extension");
        recipes.process(manus.event("task_stopped")
                .reason("finish")
                .attachment("report.pdf", new byte[10])
                .attachment("Table.CSV", new byte[20])
                .attachment("setup.exe ", new byte[30])
                .attachment("no extension", new byte[40])
                .build());
        recipes.process(finish("Without files", "All done."));
        assertThat(names(s3.keys())).containsExactlyInAnyOrder("01-report.pdf", "04-no_extension");
        assertThat(names(s3.keys("tables"))).containsExactly("02-Table.CSV");
        assertThat(application.rows("select file_name from attachment"))
                .extracting(row -> row.get("file_name"))
                .containsExactlyInAnyOrder("report.pdf", "no extension");
    }

    private static List<String> names(List<String> keys) {
        return keys.stream().map(key -> key.replaceFirst(".*/", "")).toList();
    }

    private static Map<String, Object> finish(String title, String message) {
        return stopped("finish", title, message);
    }

    private static Map<String, Object> stopped(String reason, String title, String message) {
        return manus.event("task_stopped")
                .reason(reason)
                .title(title)
                .message(message)
                .build();
    }

    private static void replay(Map<String, Object> event) {
        assertThat(application.command("event", "replay", String.valueOf(event.get("event_id")), "--yes"))
                .startsWith("0 ");
        await().until(() -> application.count("select count(*) from attempt where event_key = '" + event.get("event_id")
                        + "' and outcome = 'done'")
                == 2);
    }
}
