package org.manusroutes.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.springframework.util.unit.DataSize;

/**
 * Writes an answer's bytes to a file as they come, never more than allowed, and computes their SHA-256 on the way.
 *
 * @param expected the size that the event gives; null when it gives none
 */
record FileReceiver(DataSize maxSize, @Nullable Long expected) {
    private static final int CHUNK = 64 * 1024;

    /** Before anything is asked: the event itself may say that the file is too large. */
    void refuseIfTooLarge() {
        if (expected != null) {
            refuseIfTooLarge(expected);
        }
    }

    Download receive(ClassicHttpResponse response, Path path) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw new IOException("an answer without a body");
        }
        long announced = entity.getContentLength();
        if (announced >= 0) {
            refuseIfTooLarge(announced);
            refuseIfAnother(announced);
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        long size = 0;
        // not closed here: to close an answer that goes on is to read it to its end
        InputStream in = entity.getContent();
        try (OutputStream out = Files.newOutputStream(path)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                size += read;
                refuseIfTooLarge(size);
                digest.update(chunk, 0, read);
                out.write(chunk, 0, read);
            }
        }
        refuseIfAnother(size);
        return new Download(path, size, HexFormat.of().formatHex(digest.digest()));
    }

    private void refuseIfTooLarge(long size) {
        if (size > maxSize.toBytes()) {
            throw new PermanentFailure(
                    "at least " + size + " bytes, and manus.attachments.max-size allows " + maxSize.toBytes());
        }
    }

    private void refuseIfAnother(long size) throws IOException {
        if (expected != null && expected != size) {
            throw new IOException("the event says " + expected + " bytes, the answer has " + size);
        }
    }
}
