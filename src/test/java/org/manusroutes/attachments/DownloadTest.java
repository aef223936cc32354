package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.manusroutes.standins.FileServer;

/** A downloader, a host that it reads from, and a spool of its own. */
@Timeout(60)
abstract class DownloadTest {
    final FileServer server = FileServer.start();
    Downloads downloads;

    private final Path spool;

    DownloadTest(Path spool) {
        this.spool = spool;
        this.downloads = downloads(Map.of("max-size", "1MB"));
    }

    @AfterEach
    void close() throws IOException {
        downloads.close();
        server.close();
    }

    final Downloads downloads(Map<String, String> settings) {
        return new Downloads(spool, settings, address -> true);
    }

    final void assertRetry(@Nullable String url, @Nullable Long bytes, String reason) {
        assertThatThrownBy(() -> downloads.fetch(url, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
        assertThat(downloads.spooled()).isEmpty();
    }
}
