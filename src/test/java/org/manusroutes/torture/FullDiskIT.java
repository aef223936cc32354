package org.manusroutes.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Distribution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database that is there by default, when its file cannot grow. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit limits the size of a file for a process that runs")
class FullDiskIT {
    private static final String FILLING = "x".repeat(20_000);

    @Test
    void refusesWhatItCannotStoreAndKeepsWhatItHasAnswered(@TempDir Path folder) throws Exception {
        try (Distribution distribution = Distribution.trained(folder)) {
            Map<String, Object> settings = Map.of("manus.webhook.signature", "off", "manus.inbox.lease", "2s");
            distribution.start(settings, distribution.h2File()).awaitReady();
            Set<String> accepted = new LinkedHashSet<>();
            assertThat(post(distribution, "before", accepted)).isEqualTo(200);

            limitFiles(distribution, Files.size(distribution.folder().resolve("data/manus.mv.db")) + 500_000);
            List<Integer> refusals = new ArrayList<>();
            for (int n = 0; refusals.size() < 10; n++) {
                assertThat(n).as("events that a full disk took").isLessThan(1_000);
                int status = post(distribution, "full-" + n, accepted);
                if (status != 200) {
                    refusals.add(status);
                }
            }
            assertThat(refusals).containsOnly(503);
            distribution.terminate();
            distribution.awaitEnd();

            distribution.start(settings, distribution.h2File()).awaitReady();
            assertThat(post(distribution, "after", accepted)).isEqualTo(200);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> open(distribution)
                                    .sql("select count(*) from event where due_at is not null")
                                    .query(Long.class)
                                    .single()
                            == 0);
            distribution.terminate();
            distribution.awaitEnd();
            assertThat(open(distribution)
                            .sql("select event_id from event where state = 'done'")
                            .query(String.class)
                            .list())
                    .hasSizeGreaterThan(2)
                    .containsAll(accepted);
        }
    }

    private static int post(Distribution distribution, String id, Set<String> accepted) throws Exception {
        int status = distribution
                .post("{\"event_id\":\"" + id + "\",\"event_type\":\"task_created\",\"task_detail\":{\"task_id\":\""
                        + id + "\",\"task_title\":\"" + FILLING + "\"}}")
                .statusCode();
        if (status == 200) {
            accepted.add(id);
        }
        return status;
    }

    /** What a full disk is to a process: from now on none of its files gets longer than that. */
    private static void limitFiles(Distribution distribution, long bytes) throws IOException, InterruptedException {
        String process = String.valueOf(distribution.process().pid());
        assertThat(Bounded.end(new ProcessBuilder("prlimit", "--pid", process, "--fsize=" + bytes).start()))
                .isZero();
    }

    private static JdbcClient open(Distribution distribution) {
        Map<String, Object> settings = distribution.h2File();
        return JdbcClient.create(new DriverManagerDataSource(
                (String) settings.get("spring.datasource.url"),
                (String) settings.get("spring.datasource.username"),
                ""));
    }
}
