package org.manusroutes.attachments;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Names the object that a file becomes: {@code prefix/task_id/event key/nn-name}, the same however often it is copied.
 *
 * <p>Everything but the prefix is untrusted. What stays are letters and digits of any script, dot, dash and
 * underscore: no path, no control character, and no <code>${..}</code>, which camel-aws2-s3 would evaluate as an
 * expression if a key held it. The key stays under S3's 1024 bytes because each part is bounded.
 */
final class ObjectKey {
    private static final int LONGEST_PART = 240;
    private static final int LONGEST_NAME = 200;
    private static final Pattern EXTENSION = Pattern.compile("(?s)(.+)\\.([A-Za-z0-9]{1,10})");
    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._-]+");

    private ObjectKey() {}

    static String of(String prefix, Attachment attachment) {
        return String.format(
                Locale.ROOT,
                "%s%s/%s/%02d-%s",
                folder(prefix),
                safePart(attachment.taskId()),
                safePart(attachment.eventKey()),
                attachment.position(),
                safeName(attachment.fileName()));
    }

    private static String folder(String prefix) {
        String bare = prefix.replaceAll("^/+|/+$", "");
        return bare.isEmpty() ? "" : bare + "/";
    }

    /** A readable name for a file of any name; {@code file} when nothing of it can stay. */
    static String safeName(String fileName) {
        Matcher split = EXTENSION.matcher(fileName.strip());
        String stem = split.matches() ? split.group(1) : fileName;
        String extension = split.matches() ? "." + split.group(2) : "";
        String safe = trim(cut(safe(stem), LONGEST_NAME - extension.length()));
        return (safe.isEmpty() ? "file" : safe) + extension;
    }

    /** An identifier as it is; one that had to be changed ends with eight digits of its hash, so that no two meet. */
    private static String safePart(String identifier) {
        String safe = trim(safe(identifier));
        if (safe.equals(identifier) && bytes(safe) <= LONGEST_PART && !safe.isEmpty()) {
            return safe;
        }
        String hash = DigestUtils.sha256Hex(identifier).substring(0, 8);
        return safe.isEmpty() ? hash : cut(safe, LONGEST_PART - 9) + "-" + hash;
    }

    private static String safe(String text) {
        String readable =
                UNSAFE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("_");
        return readable.replaceAll("\\.{2,}", ".").replaceAll("_{2,}", "_");
    }

    private static String trim(String text) {
        return text.replaceAll("^[._]+|[._]+$", "");
    }

    /** The longest beginning of whole code points within {@code limit} bytes of UTF-8. */
    private static String cut(String text, int limit) {
        int end = 0;
        for (int size = 0; end < text.length(); ) {
            int next = text.offsetByCodePoints(end, 1);
            size += bytes(text.substring(end, next));
            if (size > limit) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
