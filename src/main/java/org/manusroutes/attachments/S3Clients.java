package org.manusroutes.attachments;

import static org.manusroutes.attachments.AttachmentProperties.set;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Opens a client for the S3 service of the settings: AWS, MinIO, Ceph, R2 and the like. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Between two packets; a service may take its time to answer once it has all of a large file. */
    private static final Duration SILENCE = Duration.ofMinutes(1);
    /** The event's own retries do the waiting; these are for a cut connection. */
    private static final int ATTEMPTS = 3;

    private S3Clients() {}

    static S3Client open(AttachmentProperties properties) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(properties.region()))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(properties.pathStyle())
                        .chunkedEncodingEnabled(properties.chunkedEncoding())
                        .build())
                // checksums in trailers are newer than most services that speak S3
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .maxConnections(256))
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(ATTEMPTS)
                                        .build())
                                .apiCallTimeout(properties.totalTimeout())
                                .addExecutionInterceptor(new PutDefaults(properties)));
        if (set(properties.endpoint())) {
            builder.endpointOverride(URI.create(properties.endpoint()));
        }
        if (set(properties.accessKey())) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(properties.accessKey(), properties.secretKey())));
        }
        String server = set(properties.endpoint())
                ? properties.endpoint().replaceAll("^https?://|/$", "")
                : "S3 in " + properties.region();
        return new VerifiedPuts(builder.build(), server);
    }

    /** Calls nobody and says yes to everything: an endpoint looks for its bucket when it starts. */
    static S3Client ofADryRun() {
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    Class<?> answer = method.getReturnType();
                    if (SdkResponse.class.isAssignableFrom(answer)) {
                        return ((SdkResponse.Builder)
                                        answer.getMethod("builder").invoke(null))
                                .build();
                    }
                    return switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        case "toString" -> "S3 of a dry run";
                        default -> null;
                    };
                });
    }
}
