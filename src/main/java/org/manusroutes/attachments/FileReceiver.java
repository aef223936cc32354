package org.manusroutes.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.manusroutes.failure.PermanentFailure;

/** Writes an answer's bytes to a file as they come, never more than allowed, and computes their SHA-256 on the way. */
record FileReceiver(AttachmentProperties limits, Attachment attachment) {
    private static final int CHUNK = 64 * 1024;

    /** What such a name says is compressed stays so. */
    private static final Pattern COMPRESSED = Pattern.compile("(?i).*\\.(gz|gzip|tgz|taz|svgz|z)");

    /** Before anything is asked: the event itself may say that the file is too large. */
    void refuseIfTooLarge() {
        if (attachment.bytes() != null) {
            refuseIfTooLarge(attachment.bytes());
        }
    }

    /**
     * The file that an answer carries, without the content coding of the transfer (RFC 9110, 8.4): a host that stored
     * {@code report.csv} compressed sends it so to everybody.
     */
    Download receive(ClassicHttpResponse response, Path path) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw new IOException("an answer without a body");
        }
        SteadyInputStream raw = new SteadyInputStream(entity.getContent(), limits.lowestRate(), limits.readTimeout());
        String coding = coding(entity);
        long announced = entity.getContentLength();
        if (announced >= 0) {
            refuseIfTooLarge(announced);
            if (coding.isEmpty()) {
                refuseIfAnother(announced, announced);
            }
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        long size = 0;
        try (InputStream in = decoded(raw, coding);
                OutputStream out = Files.newOutputStream(path)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                size += read;
                refuseIfTooLarge(size);
                digest.update(chunk, 0, read);
                out.write(chunk, 0, read);
            }
        }
        refuseIfAnother(size, raw.count());
        return new Download(path, size, HexFormat.of().formatHex(digest.digest()));
    }

    /** Empty for none, or for one that the file's name calls its own. */
    private String coding(HttpEntity entity) {
        String coding = Objects.requireNonNullElse(entity.getContentEncoding(), "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("aws-chunked|identity|[,\\s]", ""); // S3 keeps the first, which says nothing of the bytes
        boolean own = coding.endsWith("gzip")
                && COMPRESSED.matcher(attachment.fileName()).matches();
        return own ? "" : coding;
    }

    private static InputStream decoded(InputStream raw, String coding) throws IOException {
        return switch (coding) {
            case "" -> raw;
            case "gzip", "x-gzip" -> new GZIPInputStream(raw, CHUNK);
            case "deflate" -> new InflaterInputStream(raw);
            default ->
                throw new PermanentFailure("The answer has the Content-Encoding " + ObjectKey.safeName(coding)
                        + ", which cannot be undone; gzip and deflate can");
        };
    }

    private void refuseIfTooLarge(long size) {
        long most = limits.maxSize().toBytes();
        if (size > most) {
            throw new PermanentFailure("at least " + size + " bytes, and manus.attachments.max-size allows " + most);
        }
    }

    /** @param sent bytes as they came; a host that stores a file compressed may have counted those */
    private void refuseIfAnother(long size, long sent) throws IOException {
        Long expected = attachment.bytes();
        if (expected != null && expected != size && expected != sent) {
            throw new IOException("the event says " + expected + " bytes, the answer has " + size);
        }
    }
}
