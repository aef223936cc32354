package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.CheatingHost;
import org.manusroutes.standins.CheatingHost.Cheat;
import org.manusroutes.standins.FileServer;

/** Hosts that send what no honest one sends: each is given up, and none of them takes the client along. */
@Timeout(60)
class CheatingHostTests {
    private final FileServer server = FileServer.start();

    private final Path spool;

    private Downloads downloads;

    CheatingHostTests(@TempDir Path spool) {
        this.spool = spool;
        this.downloads = downloads(Map.of("max-size", "1MB"));
    }

    @AfterEach
    void close() throws IOException {
        downloads.close();
        server.close();
    }

    /** And the client goes on as before: nothing of it is used up, and no memory either. */
    @ParameterizedTest
    @EnumSource(Cheat.class)
    void givesUpOnAHostThatCheats(Cheat cheat) throws IOException {
        downloads = downloads(Map.of("read-timeout", "2500ms", "connect-timeout", "500ms"));
        try (CheatingHost host = CheatingHost.start()) {
            assertThatThrownBy(() -> downloads.fetch(host.url(cheat), null))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("file 1 (report.pdf): ")
                    .message()
                    .contains("127.0.0.1")
                    .hasSizeLessThan(1000);
            assertThat(host.asked()).isEqualTo(1);
        }
        assertThat(downloads.spooled()).isEmpty();
        assertThat(downloads.fetch(server.file("a", 10), null).bytes()).isEqualTo(10);
    }

    @Test
    void saysThatAHostDrips() {
        downloads = downloads(Map.of("read-timeout", "2s", "lowest-rate", "1KB"));

        assertRetry(server.trickle("a", 10_000, Duration.ofMillis(20)), "slower than manus.attachments.lowest-rate");
    }

    @Test
    void takesAFileThatIsSlowWithinTheRate() throws Exception {
        downloads = downloads(Map.of("read-timeout", "200ms", "lowest-rate", "10B"));

        assertThat(downloads
                        .fetch(server.trickle("a", 50, Duration.ofMillis(20)), null)
                        .bytes())
                .isEqualTo(50);
    }

    @Test
    void makesAClientAnewWhenOneHasDied() throws Exception {
        downloads.fetch(server.file("a", 10), null);
        downloads.killClient();

        assertThatThrownBy(() -> downloads.fetch(server.file("a", 10), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Connection pool shut down");
        assertThat(downloads.fetch(server.file("a", 10), null).bytes()).isEqualTo(10);
    }

    private void assertRetry(String url, String reason) {
        assertThatThrownBy(() -> downloads.fetch(url, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
        assertThat(downloads.spooled()).isEmpty();
    }

    private Downloads downloads(Map<String, String> settings) {
        return new Downloads(spool, settings, address -> true);
    }
}
