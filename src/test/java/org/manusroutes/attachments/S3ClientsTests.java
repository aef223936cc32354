package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.ConfigurationFailure;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ClientsTests {
    private static final String SHA256 = DigestUtils.sha256Hex("content");
    private static final String SHA256_BASE64 = Base64.getEncoder().encodeToString(DigestUtils.sha256("content"));

    private final List<Headers> requests = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private final HttpServer server;
    private volatile long stored = "content".length();
    private volatile boolean mayLook = true;
    private volatile @Nullable String checksum;
    private volatile int looks;

    S3ClientsTests() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.createContext("/", exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                looks++;
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(stored));
                exchange.sendResponseHeaders(mayLook ? 200 : 403, -1);
                exchange.close();
                return;
            }
            requests.add(exchange.getRequestHeaders());
            if (checksum != null) {
                exchange.getResponseHeaders().set("x-amz-checksum-sha256", checksum);
            }
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

    /** As of a service that does not know aws-chunked, and stores what it was sent with all frames. */
    @Test
    void doesNotTakeAnotherLengthForACopy() {
        stored = 178;

        assertThat(catchThrowable(() -> put(Map.of())))
                .isInstanceOf(ConfigurationFailure.class)
                .hasMessageContaining("S3 stored key with 178 bytes, not 7")
                .hasMessageContaining("manus.attachments.chunked-encoding");
    }

    @Test
    void doesNotTakeAnotherChecksumForACopy() {
        checksum = "AAAA" + SHA256_BASE64.substring(4);

        assertThat(catchThrowable(() -> put(Map.of())))
                .isInstanceOf(ConfigurationFailure.class)
                .hasMessageContaining("the checksum AAAA");
    }

    @Test
    void takesAPutAsItIsWhenItMayNotLook() {
        mayLook = false;
        stored = 178;

        put(Map.of());

        assertThat(looks).isEqualTo(1);
    }

    /** camel-aws2-s3 looks for the bucket, and goes on when it may not. */
    @Test
    void leavesItToCamelThatTheBucketMayNotBeLookedAt() {
        mayLook = false;
        try (S3Client client = S3Clients.open(Downloads.properties(settings()))) {
            assertThat(catchThrowable(() -> client.headBucket(look -> look.bucket("bucket"))))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void framesNothingWhenTold() {
        put(Map.of());
        put(Map.of("chunked-encoding", "false"));

        assertThat(header("x-amz-content-sha256")).isEqualTo("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        assertThat(requests.get(1).getFirst("x-amz-content-sha256")).hasSize(64);
        assertThat(requests.get(1)).doesNotContainKey("X-amz-decoded-content-length");
    }

    /** As a header, which a bucket with Object Lock wants; no trailer, which few services know. */
    @Test
    void givesTheChecksumWhenTold() {
        put(Map.of("checksum", "sha256"));

        assertThat(header("x-amz-checksum-sha256")).isEqualTo(SHA256_BASE64);
        assertThat(requests.get(0)).doesNotContainKey("X-amz-trailer");
    }

    private void put(Map<String, String> settings) {
        Map<String, String> all = settings();
        all.putAll(settings);
        try (S3Client client = S3Clients.open(Downloads.properties(all))) {
            client.putObject(
                    put -> put.bucket("bucket").key("key").metadata(Map.of("sha256", SHA256)),
                    RequestBody.fromString("content"));
        }
    }

    private Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "endpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
                "path-style", "true",
                "access-key", "a",
                "secret-key", "s"));
    }

    private String header(String name) {
        return requests.get(0).getFirst(name);
    }
}
