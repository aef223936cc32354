package org.manusroutes.torture;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.torture.FileHost.SharedFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the bucket and the table attachment against the files that were sent. */
final class FileInspection {
    private final Findings findings;
    private final S3StandIn s3;
    private final Map<String, Map<String, Object>> rows = new HashMap<>();

    FileInspection(JdbcClient database, S3StandIn s3, Findings findings) {
        this.findings = findings;
        this.s3 = s3;
        for (Map<String, Object> row : database.sql(
                        "select event_key, position, task_id, file_name, bytes, sha256, object_key from attachment")
                .query()
                .listOfRows()) {
            rows.put(row.get("event_key") + " " + row.get("position"), row);
        }
    }

    /** Each file is there once, with its bytes and its row, and nothing else is. */
    void inspect(Collection<List<SentEvent>> accepted, Inspection events) {
        findings.lookFor("S3 object missing or wrong");
        Set<String> left = new HashSet<>(s3.keys());
        accepted.stream()
                .flatMap(List::stream)
                .forEach(event -> event.files().forEach(file -> {
                    Map<String, Object> row = rows.remove(events.key(event) + " " + file.position());
                    String wrong = row == null ? "no row" : wrong(row, event, file, left);
                    if (wrong != null) {
                        findings.add("S3 object missing or wrong", wrong + ": " + file + ", row " + row);
                    }
                }));
        left.forEach(key -> findings.add("S3 object missing or wrong", "nobody sent " + key));
        rows.values().forEach(row -> findings.add("S3 object missing or wrong", "nobody sent the file of " + row));
    }

    private String wrong(Map<String, Object> row, SentEvent event, SharedFile file, Set<String> left) {
        String key = (String) row.get("object_key");
        String sha256 = sha256(file.content());
        if (!left.remove(key)) {
            return "not in the bucket";
        }
        if (!sha256.equals(s3.sha256(key))) {
            return "other bytes";
        }
        boolean right = row.get("task_id").equals(event.taskId())
                && row.get("file_name").equals(file.name())
                && row.get("bytes").equals((long) file.size())
                && row.get("sha256").equals(sha256);
        return right ? null : "its row is wrong";
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
