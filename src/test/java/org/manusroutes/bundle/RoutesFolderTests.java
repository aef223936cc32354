package org.manusroutes.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RoutesFolderTests {
    @TempDir
    Path folder;

    @Test
    void isThereWithARouteFileInIt() throws IOException {
        Files.createFile(folder.resolve("dispatch-event.camel.yaml"));
        assertThat(new RoutesFolder(folder).path()).isAbsolute();
    }

    @Test
    void isNamedWhenAnybodyMayWriteThere(CapturedOutput output) throws IOException {
        Path file = Files.createFile(folder.resolve("dispatch-event.camel.yaml"));
        new RoutesFolder(folder);
        assertThat(output).doesNotContain("Anybody");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        new RoutesFolder(folder);
        assertThat(output).contains("Anybody on this machine may change the routes", "chmod o-w " + file);
    }

    @Test
    void holdsRouteFilesOrNone() throws IOException {
        Files.createFile(folder.resolve("README.md"));
        assertThat(new RoutesFolder(folder).holdsRouteFiles()).isFalse();
        assertThat(new RoutesFolder(folder.resolve("missing")).holdsRouteFiles())
                .isFalse();
        Files.createFile(folder.resolve("dispatch-event.camel.yaml"));
        assertThat(new RoutesFolder(folder).holdsRouteFiles()).isTrue();
    }
}
