package org.manusroutes.attachments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Copies one file and prints how fast, and the most memory that its process has held; {@link LargeFileIT} starts it. */
final class LargeCopy {
    private LargeCopy() {}

    /** @param arguments the URL, its size in bytes, then the application's own ({@code --key=value}) */
    public static void main(String[] arguments) {
        String url = arguments[0];
        long bytes = Long.parseLong(arguments[1]);
        String[] settings = List.of(arguments).subList(2, arguments.length).toArray(String[]::new);
        try (ConfigurableApplicationContext application = SpringApplication.run(CopyingApplication.class, settings)) {
            long start = System.nanoTime();
            Exchange done = CopyingApplication.copy(
                    application.getBean(ProducerTemplate.class),
                    "large",
                    "task_stopped_large",
                    List.of(Map.of("file_name", "large.bin", "url", url, "size_bytes", bytes)));
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            if (done.getException() != null) {
                throw new IllegalStateException(done.getException());
            }
            System.out.printf(
                    "copied %d MiB in %.1f s, %.0f MB/s, peak RSS %d MiB%n",
                    bytes >> 20, seconds, bytes / 1e6 / seconds, peakResidentKib() >> 10);
        }
    }

    private static long peakResidentKib() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
