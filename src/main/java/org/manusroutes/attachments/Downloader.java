package org.manusroutes.attachments;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.BasicHttpContext;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a file from an untrusted URL into the spool, within the limits of {@link AttachmentProperties}. */
class Downloader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Downloader.class);
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** How CloudFront and S3 answer for a signed URL past its time, and for a file that has moved on. */
    private static final Set<Integer> EXPIRED = Set.of(403, 404, 410);

    private final AttachmentProperties properties;
    private final UrlRule rule;
    private final DnsResolver resolver;
    private final Spool spool;
    private final ScheduledThreadPoolExecutor alarms;
    private @Nullable CloseableHttpClient client;

    Downloader(AttachmentProperties properties, DnsResolver resolver, Spool spool) {
        this.properties = properties;
        this.rule = new UrlRule(properties.allowHttp(), properties.allowedHosts());
        this.resolver = resolver;
        this.spool = spool;
        this.alarms = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "attachment-timeouts");
            thread.setDaemon(true);
            return thread;
        });
        alarms.setRemoveOnCancelPolicy(true);
    }

    /**
     * Reads all of a file.
     *
     * @throws PermanentFailure when it must not be read, or is too large
     * @throws UrlExpired when a fresh URL may help
     * @throws RetryLater when the other side says when to come back
     * @throws IOException when another attempt may succeed; nothing stays in the spool
     */
    Download fetch(Attachment attachment, @Nullable String url) throws IOException {
        if (url == null) {
            throw new UrlExpired("The event gives no URL for " + attachment.label());
        }
        FileReceiver receiver = new FileReceiver(properties.maxSize(), attachment.bytes());
        Path path = spool.newFile();
        boolean whole = false;
        try {
            Download download = follow(url, receiver, path);
            whole = true;
            return download;
        } catch (PermanentFailure e) {
            throw new PermanentFailure(attachment.label() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(attachment.label() + ": " + e.getMessage(), e);
        } finally {
            if (!whole) {
                Spool.delete(path);
            }
        }
    }

    private Download follow(String url, FileReceiver receiver, Path path) throws IOException {
        receiver.refuseIfTooLarge();
        long end = System.nanoTime() + properties.totalTimeout().toNanos();
        URI uri = rule.check(url);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpGet request = new HttpGet(uri);
            ScheduledFuture<?> alarm = alarms.schedule(request::cancel, end - System.nanoTime(), TimeUnit.NANOSECONDS);
            try {
                HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
                ClassicHttpResponse response = client().executeOpen(host, request, new BasicHttpContext());
                try {
                    if (!REDIRECTS.contains(response.getCode())) {
                        expectSuccess(response, uri);
                        return receiver.receive(response, path);
                    }
                    uri = redirect(uri, response);
                } finally {
                    end(request, response);
                }
            } catch (IOException e) {
                throw System.nanoTime() < end ? e : outOfTime(e);
            } finally {
                alarm.cancel(false);
            }
        }
        throw new PermanentFailure("More than " + MOST_REDIRECTS + " redirects, the last one to host " + uri.getHost());
    }

    private URI redirect(URI from, ClassicHttpResponse response) throws IOException {
        Header location = response.getFirstHeader("Location");
        if (location == null) {
            throw new IOException("host " + from.getHost() + " redirects to nowhere (" + response.getCode() + ")");
        }
        return rule.check(from, location.getValue());
    }

    private static void expectSuccess(ClassicHttpResponse response, URI uri) throws IOException {
        int status = response.getCode();
        if (status == 200) {
            return;
        }
        String found = "host " + uri.getHost() + " answers " + status;
        if (EXPIRED.contains(status)) {
            throw new UrlExpired(found + ": the URL has expired, or the file is gone");
        }
        Header retryAfter = response.getFirstHeader("Retry-After");
        if (retryAfter != null && retryAfter.getValue().matches("\\d{1,5}")) {
            throw new RetryLater(found, Duration.ofSeconds(Long.parseLong(retryAfter.getValue())), null);
        }
        throw new IOException(found);
    }

    private IOException outOfTime(IOException cause) {
        return new IOException(
                "not complete after " + properties.totalTimeout() + " (manus.attachments.total-timeout)", cause);
    }

    /** A connection whose answer was not read to its end is cut: to drain it could take for ever. */
    private static void end(HttpGet request, ClassicHttpResponse response) {
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            log.debug("Closing a connection that was cut: {}", e.toString());
        }
    }

    /** Made with the first file, so that an installation that copies none pays nothing. */
    private synchronized CloseableHttpClient client() {
        if (client == null) {
            client = FileClient.open(properties.connectTimeout(), properties.readTimeout(), resolver);
        }
        return client;
    }

    @Override
    public synchronized void close() throws IOException {
        alarms.shutdownNow();
        if (client != null) {
            client.close();
        }
    }
}
