package org.manusroutes.attachments;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What an object says of itself: {@code sha256}, {@code task-id}, {@code event-key} and {@code file-name}, each
 * percent-encoded in UTF-8, because metadata are HTTP headers. All together fits S3's limit of 2 KB.
 */
final class ObjectMetadata {
    /** In hex. */
    static final String SHA256 = "sha256";

    private static final int LONGEST_VALUE = 500;

    private ObjectMetadata() {}

    static Map<String, String> of(Attachment attachment, String sha256) {
        return Map.of(
                SHA256,
                sha256,
                "task-id",
                encode(attachment.taskId()),
                "event-key",
                encode(attachment.eventKey()),
                "file-name",
                encode(attachment.fileName()));
    }

    /** Cut between two encoded characters, never inside one. */
    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int end = text.offsetByCodePoints(i, 1);
            String next = URLEncoder.encode(text.substring(i, end), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            if (encoded.length() + next.length() > LONGEST_VALUE) {
                break;
            }
            encoded.append(next);
            i = end;
        }
        return encoded.toString();
    }
}
