package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTests {
    private final Path directory;

    SpoolTests(@TempDir Path work) {
        directory = work.resolve("a/b");
    }

    /** A killed process leaves its lock file too, but not the lock. */
    @Test
    void removesWhatKilledProcessesLeftButNothingElse() throws IOException {
        Files.createDirectories(directory);
        String killed = "manus-attachment-0b1c2d3e-0000-4000-8000-000000000001";
        Path locked = Files.createFile(directory.resolve(killed + ".lock"));
        Path left = Files.createFile(directory.resolve(killed + "-123.part"));
        Path ofAnEarlierVersion = Files.createFile(directory.resolve("manus-attachment-123.part"));
        Path foreign = Files.createFile(directory.resolve("report.pdf"));
        try (Spool living = new Spool(directory)) {
            living.open();
            Path inUse = living.newFile();

            try (Spool next = new Spool(directory)) {
                next.open();

                assertThat(inUse).exists();
                assertThat(next.newFile()).exists();
            }
        }
        assertThat(left).doesNotExist();
        assertThat(locked).doesNotExist();
        assertThat(ofAnEarlierVersion).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void saysWhichFolderCannotBeUsed() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.createFile(directory);

        assertThatThrownBy(new Spool(directory)::open)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(directory + " (manus.attachments.spool-directory)");
    }
}
