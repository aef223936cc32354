package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.CheatingHost;
import org.manusroutes.standins.CheatingHost.Cheat;

/** Hosts that send what no honest one sends: each is given up, and none of them takes the client along. */
class CheatingHostTests extends DownloadTest {
    CheatingHostTests(@TempDir Path spool) {
        super(spool);
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

        assertRetry(
                server.trickle("a", 10_000, Duration.ofMillis(20)), null, "slower than manus.attachments.lowest-rate");
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
}
