package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.FileServer;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.support.Distribution;
import org.springframework.util.unit.DataSize;

/** The whole application copies a file far larger than its heap; {@code -Dlarge-file.size=1GB} makes it larger. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the peak of memory is read from /proc")
class LargeFileIT {
    private static final DataSize SIZE = DataSize.parse(System.getProperty("large-file.size", "256MB"));

    @Test
    void isCopiedWithAHeapOf192Mb(@TempDir Path folder) throws Exception {
        try (FileServer files = FileServer.start();
                S3StandIn s3 = S3StandIn.start();
                Distribution distribution = Distribution.trained(folder)) {
            distribution
                    .start(
                            files.settings(),
                            s3.settings(),
                            Map.of("manus.webhook.signature", "off", "java.tool.options", "-Xmx192m"))
                    .awaitReady();
            long before = System.nanoTime();
            distribution.post(event(files.file("large", SIZE.toBytes())));
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> distribution.get("/actuator/prometheus").contains("outcome=\"done\"} 1"));
            double seconds = (System.nanoTime() - before) / 1e9;

            System.out.printf(
                    "copied %d MiB in %.1f s, %.0f MB/s, peak RSS %d MiB%n",
                    SIZE.toMegabytes(), seconds, SIZE.toBytes() / 1e6 / seconds, distribution.peakMemoryMiB());
            String key = s3.keys().get(0);
            assertThat(key).isEqualTo("manus/large/task_stopped_large/01-large.bin");
            assertThat(s3.head(key).contentLength()).isEqualTo(SIZE.toBytes());
            assertThat(s3.sha256(key)).isEqualTo(s3.head(key).metadata().get("sha256"));
        }
    }

    private static String event(String url) throws Exception {
        Map<String, Object> file = Map.of("file_name", "large.bin", "url", url, "size_bytes", SIZE.toBytes());
        return new JsonMapper()
                .writeValueAsString(Map.of(
                        "event_id",
                        "task_stopped_large",
                        "event_type",
                        "task_stopped",
                        "task_detail",
                        Map.of("task_id", "large", "stop_reason", "finish", "attachments", List.of(file))));
    }
}
