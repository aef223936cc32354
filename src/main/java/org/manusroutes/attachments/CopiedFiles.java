package org.manusroutes.attachments;

import java.util.Set;
import org.manusroutes.text.DatabaseText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code attachment}: a row says that the file is in the bucket. */
class CopiedFiles {
    private static final Logger log = LoggerFactory.getLogger(CopiedFiles.class);

    private static final String POSITIONS = "select position from attachment where event_key = :eventKey";
    private static final String ADD = """
            insert into attachment (event_key, position, task_id, file_name, bytes, sha256, bucket, object_key)
            values (:eventKey, :position, :taskId, :fileName, :bytes, :sha256, :bucket, :objectKey)
            on conflict do nothing
            """;

    private final JdbcClient jdbc;

    CopiedFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Set<Integer> positions(String eventKey) {
        return jdbc.sql(POSITIONS)
                .param("eventKey", eventKey)
                .query(Integer.class)
                .set();
    }

    void add(Attachment attachment, FetchedFile file, String bucket) {
        jdbc.sql(ADD)
                .param("eventKey", attachment.eventKey())
                .param("position", attachment.position())
                .param("taskId", attachment.taskId())
                .param("fileName", DatabaseText.of(attachment.fileName()))
                .param("bytes", file.bytes())
                .param("sha256", file.sha256())
                .param("bucket", bucket)
                .param("objectKey", file.key())
                .update();
        log.info("Copied {} to {}: {} bytes", attachment.label(), file.key(), file.bytes());
    }
}
