package org.manusroutes.standins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 service with one bucket, kept in a temporary folder: s3proxy, in a class loader of its own. */
public final class S3StandIn implements StandIn {
    private static final String BUCKET = "manus-files";
    private static final String ACCESS_KEY = "stand-in";
    private static final String SECRET_KEY = "only-for-this-stand-in";

    private final HeldPort port = HeldPort.take();
    private final Path folder;
    private final IsolatedS3Proxy proxy;
    private final S3Client client;

    private S3StandIn(Path folder) {
        this.folder = folder;
        this.proxy =
                new IsolatedS3Proxy(URI.create("http://127.0.0.1:" + port.number()), folder, ACCESS_KEY, SECRET_KEY);
        this.client = S3Client.builder()
                .endpointOverride(proxy.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    public static S3StandIn start() {
        try {
            S3StandIn s3 = new S3StandIn(Files.createTempDirectory("manus-s3-stand-in-"));
            s3.startAgain();
            s3.createBucket(BUCKET);
            return s3;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "manus.attachments.bucket",
                BUCKET,
                "manus.attachments.endpoint",
                endpoint().toString(),
                "manus.attachments.path-style",
                true,
                "manus.attachments.region",
                "us-east-1",
                "manus.attachments.access-key",
                ACCESS_KEY,
                "manus.attachments.secret-key",
                SECRET_KEY);
    }

    public URI endpoint() {
        return proxy.endpoint();
    }

    public String bucket() {
        return BUCKET;
    }

    public void createBucket(String name) {
        client.createBucket(create -> create.bucket(name));
    }

    /** The keys in the bucket, in the order of S3. */
    public List<String> keys() {
        return keys(BUCKET);
    }

    public List<String> keys(String bucket) {
        return client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    public byte[] bytes(String key) {
        return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
    }

    /** The SHA-256 of an object of any size, in lower-case hex. */
    public String sha256(String key) {
        try (InputStream in = client.getObject(get -> get.bucket(BUCKET).key(key));
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Size, content type, and the metadata that were put with the object. */
    public HeadObjectResponse head(String key) {
        return client.headObject(head -> head.bucket(BUCKET).key(key));
    }

    /** S3 is down: connections are refused, what was stored stays. */
    public void stop() {
        proxy.stop();
    }

    /** S3 is back, on the same port. */
    public void startAgain() {
        proxy.start();
    }

    @Override
    public void close() {
        client.close();
        proxy.stop();
        port.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
