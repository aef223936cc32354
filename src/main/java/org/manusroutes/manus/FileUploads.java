package org.manusroutes.manus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.manusroutes.text.Secrets;
import org.manusroutes.text.Untrusted;
import org.springframework.util.unit.DataSize;

/** Gives files to Manus, for a task to work with (docs/manus-api.md, REST API v2). */
public final class FileUploads {
    /** As long as the URL is good. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final DataSize LARGEST = DataSize.ofMegabytes(512);

    private final ManusApi api;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public FileUploads(ManusApi api) {
        this.api = api;
    }

    /**
     * Asks where to put it, and puts it there.
     *
     * @throws IllegalArgumentException when it is larger than Manus takes
     * @throws IOException when it cannot be read, or does not arrive
     * @throws ManusApiException when the API does not say where to put it
     */
    public UploadedFile upload(Path file) throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException("no such file: " + file);
        }
        if (Files.size(file) > LARGEST.toBytes()) {
            throw new IllegalArgumentException(
                    file + " has " + DataSize.ofBytes(Files.size(file)).toMegabytes() + " MB, and Manus takes "
                            + LARGEST.toMegabytes() + " MB");
        }
        String name = String.valueOf(file.getFileName());
        FileUpload upload = api.uploadFile(name);
        if (upload.fileId().isEmpty()) {
            throw new IOException("the Manus API gave no id for " + name);
        }
        put(file, URI.create(upload.uploadUrl()));
        return new UploadedFile(upload.fileId(), name);
    }

    /** Without any header of the API: the URL says it all, and leads elsewhere. */
    private void put(Path file, URI url) throws IOException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(
                    HttpRequest.newBuilder(url)
                            .timeout(PATIENCE)
                            .PUT(HttpRequest.BodyPublishers.ofFile(file))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("could not upload " + file + " to " + url.getHost() + ": " + e.getMessage(), e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new IOException("could not upload " + file + ": " + url.getHost() + " answered "
                    + response.statusCode() + " "
                    + Secrets.masked(Untrusted.cut(Untrusted.line(response.body()), 200)));
        }
    }
}
