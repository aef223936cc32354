package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTests {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private final Path directory;
    private final Spool spool;

    SpoolTests(@TempDir Path work) {
        directory = work.resolve("a/b");
        spool = new Spool(directory, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void removesWhatAKilledProcessLeftButNothingElse() throws IOException {
        spool.open();
        Path stale = aged(spool.newFile(), NOW.minusSeconds(86_401));
        Path young = aged(spool.newFile(), NOW.minusSeconds(86_399));
        Path foreign = aged(Files.createFile(directory.resolve("report.pdf")), NOW.minusSeconds(1_000_000));

        spool.open();

        assertThat(stale).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
    }

    @Test
    void saysWhichFolderCannotBeUsed() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.createFile(directory);

        assertThatThrownBy(spool::open)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(directory + " (manus.attachments.spool-directory)");
    }

    private static Path aged(Path file, Instant time) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
