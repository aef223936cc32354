package org.manusroutes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays Manus: delivers an event by hand. */
@Command(
        name = "event",
        description = "Look at stored events, let them run again, forget them; send one as Manus does.")
final class EventCommand {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Clock clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs a command
    private CommandSpec spec;

    EventCommand(Clock clock) {
        this.clock = clock;
    }

    @Command(description = "Sign a file and POST its bytes as they are; unsigned without --private-key.")
    int send(
            @Option(names = "--file", required = true, description = "the event, JSON") Path file,
            @Option(names = "--url", required = true, description = "where to POST it to") URI url,
            @Option(names = "--private-key", paramLabel = "PEM", description = "RSA key to sign with") @Nullable
                    Path privateKey,
            @Option(
                            names = "--public-url",
                            paramLabel = "URL",
                            description = "the URL as the receiver knows it (manus.webhook.public-url); default: --url")
                    @Nullable
                    String publicUrl,
            @Option(names = "--timestamp", paramLabel = "SECONDS", description = "unix time; default: now") @Nullable
                    Long timestamp)
            throws IOException, InterruptedException {
        byte[] body = Files.readAllBytes(file);
        HttpRequest.Builder request = request(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (privateKey != null) {
            String seconds = String.valueOf(timestamp == null ? clock.instant().getEpochSecond() : timestamp);
            String signedUrl = Objects.requireNonNullElse(publicUrl, url.toString());
            request.header("X-Webhook-Timestamp", seconds)
                    .header(
                            "X-Webhook-Signature",
                            EventSignature.of(PrivateKeyFile.read(privateKey), seconds, signedUrl, body));
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

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
