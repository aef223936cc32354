package org.manusroutes.attachments;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** What the route {@code copy-attachments} calls: which files are left, fetch one, note that it has been copied. */
public class Attachments {
    private static final Logger log = LoggerFactory.getLogger(Attachments.class);

    private final AttachmentProperties properties;
    private final Source source;
    private final CopiedFiles copiedFiles;

    /** Where files come from; throws as {@link Downloader#fetch} does. */
    interface Source {
        Download fetch(Attachment attachment, @Nullable String url) throws IOException;
    }

    Attachments(AttachmentProperties properties, Source source, CopiedFiles copiedFiles) {
        this.properties = properties;
        this.source = source;
        this.copiedFiles = copiedFiles;
    }

    /**
     * The files of an event that have not been copied yet; empty when copying is off.
     *
     * @param event as sent; what it says of its files may be absent, null or odd (docs/manus-api.md, Events)
     */
    public List<Attachment> pending(
            @Body Map<String, ?> event,
            @Variable(EventVariables.EVENT_KEY) String eventKey,
            @Variable(EventVariables.TASK_ID) @Nullable String taskId) {
        if (!properties.active()
                || !(event.get("task_detail") instanceof Map<?, ?> detail)
                || !(detail.get("attachments") instanceof List<?> entries)
                || entries.isEmpty()) {
            return List.of();
        }
        Set<Integer> copied = copiedFiles.positions(eventKey);
        List<Attachment> pending = new ArrayList<>();
        for (int position = 1; position <= entries.size(); position++) {
            if (copied.contains(position)) {
                continue;
            }
            Attachment attachment = read(entries.get(position - 1), eventKey, taskId, position);
            if (attachment != null) {
                pending.add(attachment);
            } else {
                log.warn("Event {} names no file at position {}: neither a url nor a file_name", eventKey, position);
            }
        }
        return pending;
    }

    /**
     * Fetches a file: the body becomes the {@link File}, the variable {@code fetched} what is known of it, and the
     * headers what camel-aws2-s3 reads. The file is gone when the exchange is.
     *
     * @param url where from; null as in an event without one, which counts as expired
     * @throws IOException when another attempt may succeed
     * @throws UrlExpired when a fresh URL may help
     * @throws org.manusroutes.failure.PermanentFailure when the file must not be fetched, or is too large
     */
    public void fetch(
            @Variable("attachment") Attachment attachment, @Variable("url") @Nullable String url, Exchange exchange)
            throws IOException {
        Download download = source.fetch(attachment, url);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                Spool.delete(download.path());
            }
        });
        String key = ObjectKey.of(properties.prefix(), attachment);
        exchange.setVariable("fetched", new FetchedFile(key, download.bytes(), download.sha256()));
        Message message = exchange.getMessage();
        message.setBody(download.path().toFile(), File.class);
        message.setHeader(AWS2S3Constants.KEY, key);
        message.setHeader(AWS2S3Constants.CONTENT_TYPE, contentType(key));
        message.setHeader(AWS2S3Constants.CONTENT_LENGTH, download.bytes());
        message.setHeader(AWS2S3Constants.METADATA, ObjectMetadata.of(attachment, download.sha256()));
    }

    /** Notes that a file is in the bucket; harmless when noted before. */
    public void copied(@Variable("attachment") Attachment attachment, @Variable("fetched") FetchedFile fetched) {
        copiedFiles.add(attachment, fetched, properties.bucket());
    }

    private static @Nullable Attachment read(
            @Nullable Object entry, String eventKey, @Nullable String taskId, int position) {
        if (!(entry instanceof Map<?, ?> fields)) {
            return null;
        }
        String url = text(fields.get("url"));
        String name = text(fields.get("file_name"));
        if (url == null && name == null) {
            return null;
        }
        return new Attachment(
                taskId == null ? "" : taskId,
                eventKey,
                position,
                name == null ? "" : name,
                url,
                size(fields.get("size_bytes")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private static @Nullable Long size(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof String text && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private static String contentType(String key) {
        return MediaTypeFactory.getMediaType(key)
                .orElse(MediaType.APPLICATION_OCTET_STREAM)
                .toString();
    }
}
