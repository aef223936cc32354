package org.manusroutes.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays Manus: delivers an event by hand. */
@Command(
        name = "event",
        description = "Look at stored events, let them run again, forget them; send one as Manus does.")
final class EventCommand extends CommandBase {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Clock clock;

    EventCommand(CommandSettings settings, Clock clock) {
        super(settings);
        this.clock = clock;
    }

    @Command(description = "Sign a file and POST its bytes as they are; unsigned without a private key.")
    int send(
            @Option(names = "--file", required = true, description = "the event, JSON") Path file,
            @Option(
                            names = "--url",
                            description = "where to POST it to; default: the server of these settings, on this machine")
                    @Nullable
                    URI url,
            @Option(
                            names = "--private-key",
                            paramLabel = "PEM",
                            description = "RSA key to sign with; default: the file MANUS_WEBHOOK_PRIVATE_KEY, if set")
                    @Nullable
                    Path privateKey,
            @Option(
                            names = "--public-url",
                            paramLabel = "URL",
                            description =
                                    "the URL as the receiver knows it; default: manus.webhook.public-url, else --url")
                    @Nullable
                    String publicUrl,
            @Option(names = "--timestamp", paramLabel = "SECONDS", description = "unix time; default: now") @Nullable
                    Long timestamp)
            throws IOException, InterruptedException {
        byte[] body = Files.readAllBytes(file);
        URI target = url == null ? settings.webhook() : url;
        HttpRequest.Builder request = request(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        Path key = privateKey == null ? settings.privateKey().orElse(null) : privateKey;
        if (key != null) {
            String seconds = String.valueOf(timestamp == null ? clock.instant().getEpochSecond() : timestamp);
            String signedUrl = publicUrl == null ? settings.publicUrl().orElse(target.toString()) : publicUrl;
            request.header("X-Webhook-Timestamp", seconds)
                    .header(
                            "X-Webhook-Signature",
                            EventSignature.of(PrivateKeyFile.read(key), seconds, signedUrl, body));
        }
        HttpResponse<String> response = post(request.build());
        out().println(response.statusCode() + " " + response.body().strip());
        return response.statusCode() / 100 == 2 ? 0 : 1;
    }

    private static HttpRequest.Builder request(URI url) {
        try {
            return HttpRequest.newBuilder(url).timeout(TIMEOUT);
        } catch (IllegalArgumentException notHttp) {
            throw new IllegalArgumentException(url + " is not an http or https URL", notHttp);
        }
    }

    private static HttpResponse<String> post(HttpRequest request) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException noAnswer) {
            throw new IOException(
                    "no answer from " + request.uri() + " (" + ErrorLine.aboutRootOf(noAnswer) + ")", noAnswer);
        }
    }
}
