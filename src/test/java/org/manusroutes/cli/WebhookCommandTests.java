package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.DoorStandIn;
import org.manusroutes.standins.ManusSimulator;

class WebhookCommandTests {
    private final Map<String, Object> settings = new HashMap<>();
    private ManusSimulator manus;
    private DoorStandIn receiver;
    private String url;

    @BeforeEach
    void start() {
        manus = ManusSimulator.start();
        settings.putAll(manus.settings());
        receiver = DoorStandIn.start();
        url = receiver.url();
    }

    @AfterEach
    void stop() {
        manus.close();
        receiver.close();
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
    void explainsWhatIsInactiveAndRegistersItAnewWhenToldTo() {
        String id = manus.register(url);
        manus.deactivate(id);

        CommandRun run = run("webhook", "register", "--url", url);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(url + " is registered and inactive (id " + id + "): Manus sends nothing there.")
                .endsWith("webhook register --replace");
        assertThat(manus.registrations()).hasSize(1);

        assertThat(run("webhook", "register", "--url", url, "--replace").out())
                .isEqualTo("registered " + url + " (id wh_0002)");
        assertThat(manus.registrations())
                .singleElement()
                .satisfies(registration -> assertThat(registration).containsEntry("status", "active"));
    }

    @Test
    void registersNothingWhereSomethingElseAnswers() {
        receiver.answers(200, Map.of(), "<html><title>Welcome to nginx!</title></html>");

        CommandRun run = run("webhook", "register", "--url", url);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("not registered: another server answers 200 ('Welcome to nginx!'): point"
                        + " manus.webhook.public-url, its DNS record or its proxy to this receiver."
                        + " To register it without this look: --no-check");
        assertThat(manus.registrations()).isEmpty();
        assertThat(run("webhook", "register", "--url", url, "--no-check").exitCode())
                .isZero();
    }

    /** A host may be reachable from outside alone: Manus itself finds out, by its test. */
    @Test
    void leavesToManusWhetherAUrlThatCannotBeReachedFromHereWorks() {
        receiver.close();

        CommandRun run = run("webhook", "register", "--url", url);

        assertThat(run.err())
                .startsWith("warning: 127.0.0.1:" + receiver.port() + " refuses the connection")
                .contains("the test delivery to " + url);
    }

    @Test
    void saysThatAllIsWell() {
        manus.register(url);

        CommandRun run = run("webhook", "status", "--url", url);

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).contains("wh_0001  active", "this receiver answers at 127.0.0.1");
    }

    @Test
    void saysWhatKeepsDeliveriesFromComing() throws Exception {
        manus.deactivate(manus.register(url));
        receiver.answers(502, Map.of("Server", "nginx"), "<html></html>");

        CommandRun run = run("webhook", "status", "--url", url);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("wh_0001  inactive", "run webhook register --replace")
                .contains("the proxy answers 502 ('nginx'): it does not reach the receiver");

        JsonNode answer = new JsonMapper()
                .readTree(run("webhook", "status", "--url", url, "--format", "json")
                        .out());
        assertThat(answer.path("well").asBoolean(true)).isFalse();
        assertThat(answer.at("/registrations/0/status").asText()).isEqualTo("inactive");
        assertThat(answer.at("/look/kind").asText()).isEqualTo("WRONG");
    }

    @Test
    void saysThatAUrlIsNotRegisteredAndWhichOneIs() {
        manus.register(url + "?old");

        CommandRun run = run("webhook", "status", "--url", url, "--no-check");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains(url + " is not registered, so Manus sends nothing; registered is " + url + "?old");
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
        receiver.answersDeliveries(503);

        CommandRun run = run("webhook", "register", "--url", url);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("answered 400 invalid_argument")
                .endsWith(": the test delivery to " + url + " was answered with 503");
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
