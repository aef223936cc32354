package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ClientsTests {
    private final List<Headers> requests = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private final HttpServer server;

    S3ClientsTests() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestHeaders());
            paths.add(exchange.getRequestURI().getPath());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.remove(0), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void sendsNeitherTrailersNorChecksumsThatOtherServicesRefuse() {
        put(Map.of());

        assertThat(requests)
                .singleElement()
                .satisfies(headers -> assertThat(headers.keySet())
                        .noneMatch(name ->
                                name.toLowerCase(Locale.ROOT).matches("x-amz-(trailer|checksum.*|sdk-checksum.*)"))
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-server-side"))
                        .noneMatch(name -> name.equalsIgnoreCase("x-amz-storage-class")));
        assertThat(paths).containsExactly("/bucket/key");
    }

    @Test
    void asksForKmsEvenWithoutAKeyOfItsOwn() {
        put(Map.of("server-side-encryption", "aws:kms"));

        assertThat(header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
        assertThat(requests.get(0)).doesNotContainKey("X-amz-server-side-encryption-aws-kms-key-id");
    }

    @Test
    void asksForTheKeyAndTheStorageClassOfTheSettings() {
        put(Map.of(
                "server-side-encryption", "aws:kms",
                "kms-key-id", "alias/manus",
                "storage-class", "STANDARD_IA"));

        assertThat(header("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("alias/manus");
        assertThat(header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    }

    @Test
    void triesAPutThreeTimes() {
        answers.addAll(List.of(503, 500));

        put(Map.of());

        assertThat(requests).hasSize(3);
    }

    @Test
    void leavesAFourthTryToTheEvent() {
        answers.addAll(List.of(503, 503, 503, 200));

        assertThat(catchThrowable(() -> put(Map.of()))).isInstanceOf(S3Exception.class);
        assertThat(requests).hasSize(3);
    }

    private void put(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "endpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
                "path-style", "true",
                "access-key", "a",
                "secret-key", "s"));
        all.putAll(settings);
        try (S3Client client = S3Clients.open(Downloads.properties(all))) {
            client.putObject(put -> put.bucket("bucket").key("key"), RequestBody.fromString("content"));
        }
    }

    private String header(String name) {
        return requests.get(0).getFirst(name);
    }
}
