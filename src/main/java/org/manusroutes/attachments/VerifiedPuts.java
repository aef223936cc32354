package org.manusroutes.attachments;

import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Function;
import org.manusroutes.failure.ConfigurationFailure;
import org.manusroutes.failure.Unreachable;
import org.manusroutes.text.Untrusted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Looks at what was stored after each put: a service that does not know {@code aws-chunked} keeps the frames of the
 * transfer as part of the file, and says yes. Without the right to look ({@code s3:GetObject}) a put counts as before.
 */
final class VerifiedPuts extends DelegatingS3Client {
    private static final Logger log = LoggerFactory.getLogger(VerifiedPuts.class);

    /** S3 docs, Error responses: those that stay until somebody changes a setting, a key or a policy. */
    private static final Set<String> WRONG_SETTINGS = Set.of(
            "NoSuchBucket",
            "AccessDenied",
            "AllAccessDisabled",
            "AccountProblem",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "PermanentRedirect",
            "AuthorizationHeaderMalformed");

    /** Forbidden, and not known to the service. */
    private static final Set<Integer> NO_LOOKING = Set.of(403, 405, 501);

    private final S3Client client;
    private final String server;
    private volatile boolean mayLook = true;

    /** @param server how messages name it */
    VerifiedPuts(S3Client client, String server) {
        super(client);
        this.client = client;
        this.server = server;
    }

    /** @throws ConfigurationFailure when another object is there than was sent; the next put replaces it */
    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        PutObjectResponse stored = super.putObject(request, body);
        long sent = body.optionalContentLength().orElse(-1L);
        if (sent >= 0 && mayLook) {
            compareLength(request, sent);
        }
        String sha256 = request.metadata().get(ObjectMetadata.SHA256);
        if (sha256 != null
                && stored.checksumSHA256() != null
                && !stored.checksumSHA256().equals(base64(sha256))) {
            throw different(request, "the checksum " + stored.checksumSHA256() + ", not " + base64(sha256));
        }
        return stored;
    }

    private void compareLength(PutObjectRequest request, long sent) {
        try {
            HeadObjectResponse head =
                    client.headObject(look -> look.bucket(request.bucket()).key(request.key()));
            if (head.contentLength() != null && head.contentLength() != sent) {
                throw different(request, head.contentLength() + " bytes, not " + sent);
            }
        } catch (S3Exception e) {
            if (!NO_LOOKING.contains(e.statusCode())) {
                throw e;
            }
            mayLook = false;
            log.info(
                    "Stored files are not compared with what was sent: HeadObject on {} is answered with {};"
                            + " do the credentials lack s3:GetObject?",
                    request.bucket(),
                    e.statusCode());
        }
    }

    /**
     * Each call comes by here, also that by which camel-aws2-s3 looks for the bucket first: it goes on when it may not
     * look, and so with the right to put alone.
     */
    @Override
    protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
        try {
            return operation.apply(request);
        } catch (SdkException e) {
            if (request instanceof HeadBucketRequest && e instanceof AwsServiceException) {
                throw e;
            }
            throw explained(e, request.getValueForField("Bucket", String.class).orElse("(none)"));
        }
    }

    private RuntimeException explained(SdkException e, String bucket) {
        if (e instanceof S3Exception refusal
                && refusal.awsErrorDetails() != null
                && WRONG_SETTINGS.contains(
                        String.valueOf(refusal.awsErrorDetails().errorCode()))) {
            return new ConfigurationFailure(
                    "S3 refused the bucket %s: %s. manus.attachments.bucket, region, endpoint, access-key, secret-key"
                            .formatted(
                                    bucket,
                                    Untrusted.line(refusal.awsErrorDetails().errorMessage())),
                    e);
        }
        return Unreachable.of(server, e)
                .<RuntimeException>map(UncheckedIOException::new)
                .orElse(e);
    }

    /** As the header {@code x-amz-checksum-sha256} has it. */
    static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static ConfigurationFailure different(PutObjectRequest request, String found) {
        return new ConfigurationFailure(
                "S3 stored " + request.key() + " with " + found
                        + ". Does the service know aws-chunked? manus.attachments.chunked-encoding: false does without",
                null);
    }
}
