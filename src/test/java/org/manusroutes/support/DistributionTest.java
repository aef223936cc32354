package org.manusroutes.support;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.SlackStandIn;

/** The unzipped distribution in a folder of its own, with Slack stood in for. */
public abstract class DistributionTest {
    @TempDir
    public Path folder;

    public Distribution distribution;
    public final SlackStandIn slack = SlackStandIn.start();

    @BeforeEach
    public void unzip() throws IOException {
        distribution = Distribution.trained(Files.createDirectory(folder.resolve("trained")));
    }

    /** Slower; what a user does who has not trained it. */
    public void unzipForJavaJar() throws IOException {
        distribution = Distribution.unzip(Files.createDirectory(folder.resolve("untrained")));
    }

    @AfterEach
    public void stop() {
        distribution.close();
        slack.close();
    }

    public Map<String, Object> settings(Databases database) {
        return database == Databases.H2 ? distribution.h2File() : database.fresh();
    }

    public static String finish(String id) throws Exception {
        return new JsonMapper()
                .writeValueAsString(Map.of(
                        "event_id",
                        id,
                        "event_type",
                        "task_stopped",
                        "task_detail",
                        Map.of("task_id", id, "task_title", "A title", "stop_reason", "finish", "message", "Done.")));
    }
}
