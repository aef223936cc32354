package org.manusroutes.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * Distinct events as whole HTTP requests, signed as Manus signs, ready to be written to a socket. Every server gets
 * these same bytes, whether it looks at the signature or not.
 *
 * <p>Signing takes about a millisecond each, so they are kept in a file for the next run; servers are started with a
 * tolerance of {@link #TOLERANCE}.
 */
final class Requests {
    static final String PATH = "/webhooks/manus";
    static final String PUBLIC_URL = "https://receiver.example" + PATH;
    static final Duration TOLERANCE = Duration.ofHours(24);

    private final ByteBuffer bytes;
    private final int count;
    private final Path publicKey;

    private Requests(ByteBuffer bytes, int count, Path publicKey) {
        this.bytes = bytes;
        this.count = count;
        this.publicKey = publicKey;
    }

    static Requests of(int count, Path folder, Report report) throws IOException {
        String name = "requests-" + count + "-"
                + Integer.toHexString(HexFormat.of().formatHex(Events.body(0)).hashCode());
        Path file = folder.resolve(name + ".bin");
        Path key = folder.resolve(name + ".pem");
        if (!Files.exists(file) || !Files.exists(key) || age(file).compareTo(TOLERANCE.dividedBy(2)) > 0) {
            report.progress("signing %,d events", count);
            sign(count, file, key);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return new Requests(bytes.flip(), count, key);
        }
    }

    int count() {
        return count;
    }

    /** PEM file. */
    Path publicKey() {
        return publicKey;
    }

    /** A view of its own, from the first byte to the last. */
    ByteBuffer get(int number) {
        int length = bytes.limit() / count;
        return bytes.slice(number * length, length);
    }

    private static Duration age(Path file) throws IOException {
        return Duration.between(
                Files.readAttributes(file, BasicFileAttributes.class)
                        .lastModifiedTime()
                        .toInstant(),
                Instant.now());
    }

    private static void sign(int count, Path file, Path key) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            String timestamp = Long.toString(Instant.now().getEpochSecond());
            int length = request(0, timestamp, pair.getPrivate()).length;
            byte[] all = new byte[Math.multiplyExact(length, count)];
            IntStream.range(0, count).parallel().forEach(i -> {
                byte[] one = request(i, timestamp, pair.getPrivate());
                if (one.length != length) {
                    throw new IllegalStateException("requests differ in length");
                }
                System.arraycopy(one, 0, all, i * length, length);
            });
            Files.write(file, all);
            Files.writeString(
                    key,
                    "-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(pair.getPublic().getEncoded())
                            + "\n-----END PUBLIC KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static byte[] request(int number, String timestamp, PrivateKey key) {
        byte[] body = Events.body(number);
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: receiver.example\r\nContent-Type: application/json\r\n"
                + "X-Webhook-Timestamp: " + timestamp + "\r\nX-Webhook-Signature: " + signature(body, timestamp, key)
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, request, 0, headBytes.length);
        System.arraycopy(body, 0, request, headBytes.length, body.length);
        return request;
    }

    private static String signature(byte[] body, String timestamp, PrivateKey key) {
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(key);
            rsa.update((timestamp + "." + PUBLIC_URL + "." + hash).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA256withRSA", e);
        }
    }
}
