package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.FileServer;
import org.manusroutes.standins.S3StandIn;
import org.springframework.util.unit.DataSize;

/** A file far larger than the heap. {@code -Dlarge-file.size=1GB} makes it larger than by default. */
@EnabledOnOs(OS.LINUX)
class LargeFileIT {
    private static final DataSize SIZE = DataSize.parse(System.getProperty("large-file.size", "256MB"));

    @Test
    void isCopiedWithAHeapOf192Mb(@TempDir Path work) throws Exception {
        try (FileServer files = FileServer.start();
                S3StandIn s3 = S3StandIn.start()) {
            Path output = work.resolve("output.txt");
            Process copy = start(files, s3, output);
            assertThat(copy.waitFor(5, TimeUnit.MINUTES)).isTrue();

            String said = Files.readString(output);
            assertThat(copy.exitValue()).as(said).isZero();
            said.lines().filter(line -> line.startsWith("copied ")).forEach(System.out::println);
            String key = s3.keys().get(0);
            assertThat(key).isEqualTo("manus/large/task_stopped_large/01-large.bin");
            assertThat(s3.head(key).contentLength()).isEqualTo(SIZE.toBytes());
            assertThat(s3.sha256(key)).isEqualTo(s3.head(key).metadata().get("sha256"));
        }
    }

    private static Process start(FileServer files, S3StandIn s3, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeCopy.class.getName(),
                files.file("large", SIZE.toBytes()),
                Long.toString(SIZE.toBytes()),
                "--server.port=0"));
        CopyingApplication.settings(files, s3).forEach((key, value) -> command.add("--" + key + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
