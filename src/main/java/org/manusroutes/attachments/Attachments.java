package org.manusroutes.attachments;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;
import org.manusroutes.failure.PermanentFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.StringUtils;

/** What the route {@code copy-attachments} calls: which files are left, fetch one, note that it has been copied. */
public class Attachments {
    private static final Logger log = LoggerFactory.getLogger(Attachments.class);
    private static final String TURN = Attachments.class.getName();

    /** Media types, without their first half, and endings that are not in the table of those. */
    private static final Pattern RUNS_IN_A_BROWSER = Pattern.compile(
            "(?i)x?html?|xht|shtml?|mhtml?|.*\\+xml|xml|xslt?|svgz?|.*javascript|ecmascript|m?js|hta|swf|.*flash");

    private final AttachmentProperties properties;
    private final Source source;
    private final CopiedFiles copiedFiles;
    private final CopyTurns turns;
    private final FileLinks links;

    /** Where files come from; throws as {@link Downloader#fetch} does. */
    interface Source {
        Download fetch(Attachment attachment, @Nullable String url) throws IOException;
    }

    Attachments(
            AttachmentProperties properties, Source source, CopiedFiles copiedFiles, CopyTurns turns, FileLinks links) {
        this.properties = properties;
        this.source = source;
        this.copiedFiles = copiedFiles;
        this.turns = turns;
        this.links = links;
    }

    /** False until there is a bucket. */
    public boolean enabled() {
        return properties.active();
    }

    /**
     * The files of an event that have not been copied yet; empty when copying is off. Of more than
     * {@code manus.attachments.max-files} the first ones, and one more, whose fetch says so.
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
        Map<String, Integer> namesakes = new HashMap<>();
        entries.forEach(entry -> namesakes.merge(name(entry), 1, Integer::sum));
        Map<String, Integer> places = new HashMap<>();
        for (int position = 1; position <= Math.min(entries.size(), properties.maxFiles() + 1); position++) {
            Object entry = entries.get(position - 1);
            String name = name(entry);
            int place = places.merge(name, 1, Integer::sum);
            boolean oneTooMany = position > properties.maxFiles();
            if (!copied.contains(position) && text(entry, "url") == null && name.isEmpty() && !oneTooMany) {
                log.warn("Event {} names no file at position {}: neither a url nor a file_name", eventKey, position);
                continue;
            }
            Attachment attachment = new Attachment(
                    Objects.requireNonNullElse(taskId, ""),
                    eventKey,
                    position,
                    place,
                    namesakes.getOrDefault(name, 1),
                    name,
                    text(entry, "url"),
                    size(entry));
            if (copied.contains(position)) {
                links.add(eventKey, position, ObjectKey.of(properties.prefix(), attachment));
            } else {
                pending.add(attachment);
            }
        }
        return pending;
    }

    /**
     * Fetches a file: the body becomes the {@link File}, the variable {@code fetched} what is known of it, and the
     * headers what camel-aws2-s3 reads. The file is gone when the exchange is.
     *
     * @param fresh where from when the URL of the event, which is taken first, has expired; null for none
     * @throws IOException when another attempt may succeed
     * @throws UrlExpired when a fresh URL may help
     * @throws org.manusroutes.failure.PermanentFailure when the file must not be fetched, or is too large
     */
    public void fetch(
            @Variable("attachment") Attachment attachment, @Variable("url") @Nullable String fresh, Exchange exchange)
            throws IOException {
        if (attachment.position() > properties.maxFiles()) {
            throw new PermanentFailure("The files from number " + attachment.position() + " on are not copied: "
                    + "manus.attachments.max-files allows " + properties.maxFiles() + " in one event");
        }
        boolean again = exchange.getProperty(TURN) != null; // by a fresh URL, in the turn of the first
        if (!again) {
            CopyTurns.Turn turn = turns.begin(attachment.eventKey());
            exchange.setProperty(TURN, true);
            whenDone(exchange, turn::end);
        }
        Download download = source.fetch(attachment, again ? fresh : attachment.url());
        whenDone(exchange, () -> Spool.delete(download.path()));
        String key = ObjectKey.of(properties.prefix(), attachment);
        exchange.setVariable("fetched", new FetchedFile(key, download.bytes(), download.sha256()));
        Message message = exchange.getMessage();
        message.setBody(download.path().toFile(), File.class);
        message.setHeader(AWS2S3Constants.KEY, key);
        message.setHeader(AWS2S3Constants.CONTENT_TYPE, contentType(key));
        message.setHeader(AWS2S3Constants.CONTENT_DISPOSITION, "attachment");
        message.setHeader(AWS2S3Constants.CONTENT_LENGTH, download.bytes());
        message.setHeader(AWS2S3Constants.METADATA, ObjectMetadata.of(attachment, download.sha256()));
    }

    /** Whether the file is in the bucket by then or not. */
    private static void whenDone(Exchange exchange, Runnable end) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                end.run();
            }
        });
    }

    /** Notes that a file is in the bucket; harmless when noted before. */
    public void copied(@Variable("attachment") Attachment attachment, @Variable("fetched") FetchedFile fetched) {
        copiedFiles.add(attachment, fetched, properties.bucket());
        links.add(attachment.eventKey(), attachment.position(), fetched.key());
    }

    /** Empty when there is none. */
    private static String name(@Nullable Object entry) {
        return Objects.requireNonNullElse(text(entry, "file_name"), "");
    }

    private static @Nullable String text(@Nullable Object entry, String field) {
        return field(entry, field) instanceof String text && !text.isBlank() ? text : null;
    }

    /** Null when the event does not know it: 0 and less are what a sender says that has not looked. */
    private static @Nullable Long size(@Nullable Object entry) {
        Object value = field(entry, "size_bytes");
        Long size = null;
        if (value instanceof Number number) {
            size = number.longValue();
        } else if (value instanceof String text && text.matches("\\d{1,18}")) {
            size = Long.valueOf(text);
        }
        return size != null && size > 0 ? size : null;
    }

    private static @Nullable Object field(@Nullable Object entry, String name) {
        return entry instanceof Map<?, ?> fields ? fields.get(name) : null;
    }

    /** By the name; a browser that is shown the object runs none of it, unless the settings want the real type. */
    private String contentType(String key) {
        MediaType type = MediaTypeFactory.getMediaType(key).orElse(MediaType.APPLICATION_OCTET_STREAM);
        boolean runs = RUNS_IN_A_BROWSER.matcher(type.getSubtype()).matches()
                || RUNS_IN_A_BROWSER
                        .matcher(Objects.requireNonNullElse(StringUtils.getFilenameExtension(key), ""))
                        .matches();
        return (runs && !properties.realContentTypes() ? MediaType.APPLICATION_OCTET_STREAM : type).toString();
    }
}
