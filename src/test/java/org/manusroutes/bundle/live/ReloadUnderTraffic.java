package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.manusroutes.support.Traffic;
import org.springframework.util.FileSystemUtils;

/** The application on PostgreSQL with a folder of its own, and events that keep coming while it is edited. */
abstract class ReloadUnderTraffic {
    static final int EVENTS_PER_SECOND = Integer.getInteger("reload.rate", 200);
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path home;

    static Path folder;
    static RunningApplication application;
    static SlackStandIn slack;

    @BeforeAll
    static void start() throws IOException {
        folder = home.resolve("routes");
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        slack = SlackStandIn.start();
        application = RunningApplication.start(
                Databases.POSTGRESQL.fresh(),
                slack.settings(),
                Map.of(
                        "manus.webhook.signature",
                        "off",
                        "manus.routes.directory",
                        folder,
                        "manus.routes.settle",
                        System.getProperty("reload.settle", "100ms"),
                        "manus.slack.ops-channel",
                        "#ops"));
    }

    @AfterAll
    static void stop() {
        application.close();
        slack.close();
    }

    static Traffic traffic() {
        return Traffic.start(application.webhook(), EVENTS_PER_SECOND);
    }

    /** All were answered with 200, and each ran once, to its end, in the first attempt. */
    static void assertNothingFailed(Traffic traffic) {
        traffic.close();
        assertThat(traffic.answers()).containsOnlyKeys("200");
        String ours = " where event_id like 'traffic-%'";
        await().atMost(PATIENCE)
                .until(() -> application.count("select count(*) from event" + ours + " and state = 'done'")
                        == application.count("select count(*) from event" + ours));
        assertThat(application.count("select count(*) from event" + ours)).isGreaterThanOrEqualTo(traffic.taken());
        assertThat(application.rows("select distinct attempt, last_error from event" + ours))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("attempt", 1).containsEntry("last_error", null));
        assertThat(application.count("select coalesce(sum(events), 0) from task where task_id like 'traffic-%'"))
                .isEqualTo(application.count("select count(*) from event" + ours));
        assertThat(application.count(
                        "select count(*) from attempt where event_key like 'traffic-%' and outcome = 'done'"))
                .isEqualTo(application.count("select count(*) from event" + ours));
    }

    static long version() {
        return application.bean(GuardedReload.class).running().number();
    }

    static RefusedChange awaitRefusal() {
        ReloadReport report = application.bean(ReloadReport.class);
        String hash = hash();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            RefusedChange refused = report.refused();
            return refused != null && refused.hash().equals(hash);
        });
        return Objects.requireNonNull(report.refused());
    }

    /** What the folder holds now has become what runs. */
    static void awaitLive() {
        String hash = hash();
        GuardedReload reload = application.bean(GuardedReload.class);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> reload.running().bundle().hash().equals(hash));
    }

    static String hash() {
        try {
            return Bundle.read(folder).hash();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
