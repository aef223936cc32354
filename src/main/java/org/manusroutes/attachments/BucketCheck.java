package org.manusroutes.attachments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.manusroutes.failure.Unreachable;
import org.springframework.boot.context.properties.bind.Binder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Writes an object into the bucket, as the receiver does, reads it, compares it, and deletes it. */
public final class BucketCheck implements Check {
    private static final String SETTINGS = "manus.attachments.bucket, region, endpoint";

    private final Binder settings;

    public BucketCheck(Binder settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "S3";
    }

    @Override
    public String waitsFor() {
        return "the S3 service (" + SETTINGS + ")";
    }

    @Override
    public List<Finding> run() {
        AttachmentProperties properties = settings.bindOrCreate("manus.attachments", AttachmentProperties.class);
        if (!properties.active()) {
            return List.of(Finding.off(
                    name(),
                    properties.enabled()
                            ? "files are not copied (manus.attachments.bucket is not set)"
                            : "files are not copied (manus.attachments.enabled)"));
        }
        try (S3Client client = S3Clients.open(properties)) {
            return List.of(tryOut(client, properties));
        }
    }

    private Finding tryOut(S3Client client, AttachmentProperties properties) {
        String bucket = properties.bucket();
        String prefix = properties.prefix().replaceAll("^/+|/+$", "");
        String key = (prefix.isEmpty() ? "" : prefix + "/") + "doctor-" + UUID.randomUUID() + ".txt";
        byte[] content = "written by the command doctor, which deletes it again".getBytes(StandardCharsets.UTF_8);
        try {
            client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
        } catch (RuntimeException e) {
            return notWritten(e, bucket);
        }
        List<String> missing = new ArrayList<>();
        boolean different = false;
        try {
            different = !Arrays.equals(
                    content,
                    client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray());
        } catch (RuntimeException e) {
            missing.add("it may not be read (" + words(e) + "; s3:GetObject), so sizes are not compared");
        }
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(key));
        } catch (RuntimeException e) {
            missing.add("it may not be deleted (" + words(e) + "; s3:DeleteObject), so " + key + " stays there");
        }
        if (different) {
            return Finding.fail(
                    name(),
                    "the bucket " + bucket + " holds something else than was written",
                    "set manus.attachments.chunked-encoding to false: the service may not know aws-chunked");
        }
        return missing.isEmpty()
                ? Finding.ok(name(), "wrote, read, compared and deleted an object in the bucket " + bucket)
                : Finding.warn(
                        name(),
                        "wrote an object into the bucket " + bucket + "; " + String.join("; ", missing),
                        "copies of files need s3:PutObject alone; allow the rest if you want it, and delete the object"
                                + " by hand");
    }

    private Finding notWritten(RuntimeException failure, String bucket) {
        String code = refusal(failure)
                .map(refusal -> refusal.awsErrorDetails() == null
                        ? "HTTP " + refusal.statusCode()
                        : String.valueOf(refusal.awsErrorDetails().errorCode()))
                .orElse("");
        return switch (code) {
            case "NoSuchBucket" ->
                Finding.fail(
                        name(),
                        "there is no bucket " + bucket + " (NoSuchBucket)",
                        "create it, or correct manus.attachments.bucket, region or endpoint");
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
                Finding.fail(
                        name(),
                        "S3 does not take the key (" + code + ")",
                        "correct manus.attachments.access-key and secret-key; without them, the credentials of the AWS"
                                + " SDK's chain");
            case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
                Finding.fail(
                        name(),
                        "these credentials may not write into the bucket " + bucket + " (" + code + ")",
                        "allow them s3:PutObject on " + bucket + "/*, or use others: manus.attachments.access-key");
            case "PermanentRedirect", "AuthorizationHeaderMalformed" ->
                Finding.fail(
                        name(),
                        "the bucket " + bucket + " is in another region (" + code + ")",
                        "correct manus.attachments.region");
            case "" -> withoutRefusal(failure);
            default ->
                Finding.fail(
                        name(),
                        "S3 refused an object for the bucket " + bucket + ": " + words(failure),
                        "look at " + SETTINGS + ", and at what the bucket asks for (checksum, encryption)");
        };
    }

    private Finding withoutRefusal(RuntimeException failure) {
        return failure instanceof SdkClientException
                        && String.valueOf(failure.getMessage()).contains("credentials")
                ? Finding.fail(
                        name(),
                        "there are no credentials",
                        "set manus.attachments.access-key and secret-key, or give the AWS SDK's chain some"
                                + " (environment, profile, role)")
                : Finding.fail(name(), words(failure), "look at manus.attachments.endpoint and region");
    }

    private static Optional<S3Exception> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof S3Exception refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    private static String words(RuntimeException failure) {
        Optional<S3Exception> refusal = refusal(failure);
        if (refusal.isPresent()) {
            return refusal.get().awsErrorDetails() == null
                    ? "HTTP " + refusal.get().statusCode()
                    : refusal.get().awsErrorDetails().errorCode();
        }
        return failure.getCause() instanceof Unreachable unreachable
                ? String.valueOf(unreachable.getMessage())
                : String.valueOf(failure.getMessage());
    }
}
