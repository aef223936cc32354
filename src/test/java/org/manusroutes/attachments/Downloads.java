package org.manusroutes.attachments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A downloader for tests, with settings as an operator writes them. */
final class Downloads implements AutoCloseable {
    private final Path spool;
    private final Downloader downloader;

    Downloads(Path spool, Map<String, String> settings, Predicate<InetAddress> allowed) {
        this.spool = spool;
        this.downloader = new Downloader(properties(settings), new GuardedResolver(allowed), new Spool(spool));
    }

    static AttachmentProperties properties(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("allow-http", "true", "allowed-hosts", "*"));
        all.putAll(settings);
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("", AttachmentProperties.class);
    }

    Download fetch(@Nullable String url, @Nullable Long bytes) throws IOException {
        return fetch(url, "report.pdf", bytes);
    }

    Download fetch(@Nullable String url, String name, @Nullable Long bytes) throws IOException {
        return downloader.fetch(new Attachment("t", "e", 1, 1, 1, name, url, bytes), url);
    }

    /** As an Error in the midst of a request does to Apache's client. */
    void killClient() {
        downloader.client().close(CloseMode.IMMEDIATE);
    }

    /** What lies in the spool. */
    List<Path> spooled() {
        try (Stream<Path> files = Files.list(spool)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        downloader.close();
    }
}
