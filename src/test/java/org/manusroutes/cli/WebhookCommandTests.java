package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.ManusSimulator;

class WebhookCommandTests {
    private final Map<String, Object> settings = new HashMap<>();
    private ManusSimulator manus;
    private HttpServer receiver;
    private String url;

    @BeforeEach
    void start() throws IOException {
        manus = ManusSimulator.start();
        settings.putAll(manus.settings());
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/closed") ? 503 : 200, -1);
            exchange.close();
        });
        receiver.start();
        url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhooks/manus";
    }

    @AfterEach
    void stop() {
        manus.close();
        receiver.stop(0);
    }

    @Test
    void registersTheConfiguredUrl() {
        settings.put("manus.webhook.public-url", url);

        assertThat(run("webhook", "register")).isEqualTo(new CommandRun(0, "registered " + url + " (id wh_0001)", ""));
        assertThat(manus.registrations()).hasSize(1);
    }

    @Test
    void findsTheRegistrationThatIsThere() {
        manus.register("https://example.org/another");
        String id = manus.register(url);

        assertThat(run("webhook", "register", "--url", url))
                .isEqualTo(new CommandRun(0, "registered already: " + url + " (id " + id + ")", ""));
        assertThat(manus.registrations()).hasSize(2);
    }

    @Test
    void registersAgainWhatIsInactive() {
        manus.deactivate(manus.register(url));

        assertThat(run("webhook", "register", "--url", url).out()).startsWith("registered " + url);
        assertThat(manus.registrations()).hasSize(2);
    }

    @Test
    void registersWithV1WhichCannotList() {
        settings.put("manus.api.version", "v1");

        assertThat(run("webhook", "register", "--url", url).out()).isEqualTo("registered " + url + " (id wh_0001)");
        CommandRun again = run("webhook", "register", "--url", url);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("the Manus API answered 409 conflict: webhook exists");
    }

    @Test
    void asksForAUrlWhenThereIsNone() {
        settings.put("manus.webhook.public-url", "");

        assertThat(run("webhook", "register"))
                .isEqualTo(new CommandRun(1, "", "no URL: give --url or set manus.webhook.public-url"));
    }

    @Test
    void passesOnWhyARegistrationIsRefused() {
        String closed = url.replace("/webhooks/manus", "/closed");

        CommandRun run = run("webhook", "register", "--url", closed);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("answered 400 invalid_argument")
                .endsWith(": the test delivery to " + closed + " was answered with 503");
    }

    @Test
    void printsJsonForPrograms() {
        assertThat(run("webhook", "register", "--url", url, "--format", "json").out())
                .contains("\"outcome\" : \"created\"", "\"id\" : \"wh_0001\"", "\"created_at\" : ");
        assertThat(run("webhook", "list", "--format=JSON").out())
                .startsWith("[ {")
                .contains("\"status\" : \"active\"");
    }

    @Test
    void listsRegistrationsInColumns() {
        assertThat(run("webhook", "list").out()).isEqualTo("no registrations");
        manus.deactivate(manus.register("https://example.org/a"));
        manus.register("https://example.org/b");

        assertThat(run("webhook", "list").out().lines()).first().asString().matches("ID +STATUS +CREATED +URL");
        assertThat(run("webhook", "list").out().lines().skip(1).toList())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).matches("wh_0001  inactive  \\d+  https://example.org/a"))
                .anySatisfy(line -> assertThat(line).matches("wh_0002  active    \\d+  https://example.org/b"));
    }

    @Test
    void deletesByIdAndByUrl() {
        String id = manus.register(url);
        manus.register("https://example.org/twice");
        manus.register("https://example.org/twice");

        assertThat(run("webhook", "delete", id)).isEqualTo(new CommandRun(0, "deleted " + id, ""));
        assertThat(run("webhook", "delete", "https://example.org/twice").out()).hasLineCount(2);
        assertThat(manus.registrations()).isEmpty();
    }

    @Test
    void failsToDeleteWhatIsNotThere() {
        assertThat(run("webhook", "delete", "wh_9").err())
                .contains("404 not_found")
                .endsWith("webhook not found");
        assertThat(run("webhook", "delete", "https://example.org/none"))
                .isEqualTo(new CommandRun(1, "", "no registration of https://example.org/none: see webhook list"));
    }

    private CommandRun run(String... args) {
        return CommandRun.of(settings, args);
    }
}
