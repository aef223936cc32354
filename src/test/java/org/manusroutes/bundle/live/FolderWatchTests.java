package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.bundle.Bundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FolderWatchTests {
    private static final Duration SETTLE = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private long now;
    private FolderWatch watch;

    @BeforeEach
    void begin() {
        watch = new FolderWatch(folder, SETTLE, () -> now);
    }

    @Test
    void waitsUntilNothingHasChangedForAWhile() throws IOException {
        Files.writeString(folder.resolve("a.camel.yaml"), "one");
        assertThat(watch.settled()).isNull();
        pass(400);
        assertThat(watch.settled()).isNull();
        Files.writeString(folder.resolve("b.camel.yaml"), "two");
        pass(200);
        assertThat(watch.settled()).isNull();
        pass(500);
        assertThat(watch.settled())
                .isNotNull()
                .satisfies(bundle -> assertThat(bundle.files()).containsOnlyKeys("a.camel.yaml", "b.camel.yaml"));
    }

    @Test
    void seesAnEmptyFolderInOneThatIsGone() throws IOException {
        Files.delete(folder);
        watch.settled();
        pass(500);
        assertThat(watch.settled())
                .isNotNull()
                .satisfies(bundle -> assertThat(bundle.files()).isEmpty());
        Files.createDirectory(folder);
    }

    @Test
    void doesNotMindHiddenFilesAndOtherOnes() throws IOException {
        Files.writeString(folder.resolve("a.camel.yaml"), "one");
        watch.settled();
        pass(500);
        String hash = Objects.requireNonNull(watch.settled()).hash();
        for (String other :
                new String[] {".a.camel.yaml.swp", "a.camel.yaml~", "#a.camel.yaml#", "4913", ".b.camel.yaml"}) {
            Files.writeString(folder.resolve(other), "other");
        }
        assertThat(watch.settled()).isNotNull().extracting(Bundle::hash).isEqualTo(hash);
    }

    @Test
    void saysOnceWhichFilesItDoesNotRead(CapturedOutput output) throws IOException {
        Files.writeString(folder.resolve("a.camel.yaml"), "one");
        Files.writeString(folder.resolve("b.camel.yml"), "other");
        for (int i = 0; i < 3; i++) {
            watch.settled();
            pass(500);
        }
        assertThat(output).containsOnlyOnce("b.camel.yml:1:1: warning: not read");
        Files.writeString(folder.resolve("c.yaml"), "other");
        watch.settled();
        assertThat(output).containsOnlyOnce("c.yaml:1:1: warning: not read");
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
