package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.bundle.check.FolderFix;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** All the snippets of {@code src/test/resources/pasted}, saved into one folder and fixed, run beside the shipped routes. */
@ExtendWith(OutputCaptureExtension.class)
class PastedRoutesIT {
    @TempDir
    private Path folder;

    @Test
    void run(CapturedOutput output) throws Exception {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        long shipped = files().size();
        try (Stream<Path> snippets = Files.list(Path.of("src/test/resources/pasted"))) {
            for (Path snippet : snippets.toList()) {
                Files.copy(
                        snippet, folder.resolve(snippet.getFileName().toString().replace(".yaml", ".camel.yaml")));
            }
        }
        assertThat(FolderFix.run(folder)).hasSizeGreaterThanOrEqualTo(30).allMatch(line -> line.startsWith("rewrote "));
        long added = files().size() - shipped;
        assertThat(added).isGreaterThanOrEqualTo(35);
        try (RunningApplication application = RunningApplication.start(
                Databases.H2.fresh(), Map.of("manus.webhook.signature", "off", "manus.routes.directory", folder))) {
            GuardedReload reload = application.bean(GuardedReload.class);
            await().until(() -> reload.current() != null);
            RunningVersion running = reload.running();
            assertThat(running.bundle().files()).hasSize((int) (shipped + added));
            for (String said : List.of("Hello Camel from camel-k", "It is ", "Hello", "second")) {
                await().until(() -> output.getAll().contains(said));
            }
            assertThat(output).doesNotContain("DO NOT START");
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
        }
    }
}
