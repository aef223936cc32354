package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.standins.CheatingHost;
import org.manusroutes.standins.CheatingHost.Cheat;
import org.manusroutes.standins.FileServer;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** Hosts that drip hold up files, and nothing else. */
class DrippingFilesIT {
    private static final int EVENTS = 16; // as many as workers

    private final CheatingHost cheat = CheatingHost.start();
    private final FileServer files = FileServer.start();
    private final S3StandIn s3 = S3StandIn.start();
    private RunningApplication application;

    private void start(Map<String, Object> settings) {
        application = RunningApplication.start(
                Databases.POSTGRESQL.fresh(),
                files.settings(),
                s3.settings(),
                Map.of("manus.webhook.signature", "off"),
                settings);
    }

    @AfterEach
    void stop() {
        application.close();
        s3.close();
        files.close();
        cheat.close();
    }

    @Test
    void goesOnWithEventsWithoutFilesWhileAllCopiesHang() throws Exception {
        start(Map.of("manus.attachments.read-timeout", "10m"));
        for (int i = 0; i < EVENTS; i++) {
            post("dripping" + i, cheat.url(Cheat.SILENCE));
        }
        await().until(() -> cheat.asked() == 12);

        post("without", null);

        await().until(() -> isDone("without"));
        assertThat(application.count("select count(*) from event where state = 'done'"))
                .isEqualTo(1);
        assertThat(cheat.asked()).as("manus.attachments.copies").isEqualTo(12);
    }

    @Test
    void copiesAGoodFileWhileOthersDrip() throws Exception {
        start(Map.of("manus.attachments.read-timeout", "1s", "manus.attachments.connect-timeout", "1s"));
        Cheat[] cheats = {Cheat.DRIPPING_BODY, Cheat.DRIPPING_HEADERS, Cheat.DRIPPING_INTERIM_ANSWERS, Cheat.SILENCE};
        for (int i = 0; i < EVENTS; i++) {
            post("dripping" + i, cheat.url(cheats[i % cheats.length]));
        }
        await().until(() -> cheat.asked() >= 12);

        post("good", files.file("good", 1000));

        await().until(() -> isDone("good"));
        assertThat(s3.keys()).singleElement().satisfies(key -> assertThat(key).endsWith("/01-file.bin"));
        assertThat(application.count("select count(*) from event where state = 'done'"))
                .isEqualTo(1);
    }

    private void post(String task, @Nullable String url) throws Exception {
        List<?> attachments = url == null ? List.of() : List.of(Map.of("file_name", "file.bin", "url", url));
        String json = new JsonMapper()
                .writeValueAsString(Map.of(
                        "event_id",
                        "task_stopped_" + task + "_1795000000",
                        "event_type",
                        "task_stopped",
                        "task_detail",
                        Map.of("task_id", task, "stop_reason", "finish", "attachments", attachments)));
        assertThat(application.post(json).body()).contains("received");
    }

    private boolean isDone(String task) {
        return application.count("select count(*) from event where task_id = '" + task + "' and state = 'done'") == 1;
    }
}
