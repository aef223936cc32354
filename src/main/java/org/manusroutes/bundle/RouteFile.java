package org.manusroutes.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * One file of the bundle, as it was read.
 *
 * @param name its name in the folder
 * @param text what it says; null when it cannot be a route file
 * @param fault why there is no text; null when there is
 * @param sha256 of its bytes, in hexadecimal digits
 */
public record RouteFile(
        String name, @Nullable String text, @Nullable String fault, String sha256) {
    public static final String SUFFIX = ".camel.yaml";

    /** A route has less than a hundred lines; a file this large is something else. */
    static final long LARGEST = 1_000_000;

    /** Null when it went away a moment ago. */
    public static @Nullable RouteFile read(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes((int) LARGEST + 1);
            return bytes.length > LARGEST ? of(name, bytes, Files.size(file)) : of(name, bytes);
        } catch (NoSuchFileException gone) {
            return null;
        } catch (AccessDeniedException denied) {
            return new RouteFile(
                    name, null, "cannot be read; may the receiver's user read it?", DigestUtils.sha256Hex(new byte[0]));
        }
    }

    public static RouteFile of(String name, byte[] bytes) {
        return of(name, bytes, bytes.length);
    }

    /** @param bytes the file's first bytes when it is larger than {@link #LARGEST} */
    private static RouteFile of(String name, byte[] bytes, long size) {
        String sha256 = DigestUtils.sha256Hex(bytes);
        if (size > LARGEST) {
            return new RouteFile(
                    name,
                    null,
                    "is %,d bytes long, and a route file has at most %,d; is it something else by mistake?"
                            .formatted(size, LARGEST),
                    sha256);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return new RouteFile(name, text, null, sha256);
            }
        } catch (CharacterCodingException notUtf8) {
            // said below
        }
        return new RouteFile(name, null, "is not text in UTF-8; was another file copied over it?", sha256);
    }

    /** The file name without its suffix: what its route is called. */
    public String id() {
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
