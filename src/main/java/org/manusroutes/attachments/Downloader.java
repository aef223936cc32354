package org.manusroutes.attachments;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.BasicHttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.failure.Unreachable;
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
        FileReceiver receiver = new FileReceiver(properties, attachment);
        Path path = spool.newFile();
        boolean whole = false;
        try {
            Download download = follow(url, receiver, path);
            whole = true;
            return download;
        } catch (PermanentFailure e) {
            throw new PermanentFailure(attachment.label() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new FetchFailure(attachment.label() + ": " + e.getMessage(), e);
        } catch (IllegalStateException | Error e) {
            closeClient(); // it may have shut down, and then asks for nothing any more
            throw new FetchFailure(attachment.label() + ": the HTTP client failed: " + e, e);
        } finally {
            if (!whole) {
                Spool.delete(path);
            }
        }
    }

    private Download follow(String url, FileReceiver receiver, Path path) throws IOException {
        receiver.refuseIfTooLarge();
        long end = System.nanoTime() + properties.totalTimeout().toNanos();
        HttpUrl from = rule.check(url);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpGet request = get(from);
            ScheduledFuture<?> alarm = alarms.schedule(request::cancel, end - System.nanoTime(), TimeUnit.NANOSECONDS);
            try {
                ClassicHttpResponse response = answer(request, from);
                try {
                    if (!REDIRECTS.contains(response.getCode())) {
                        expectSuccess(response, from);
                        return receiver.receive(response, path);
                    }
                    from = redirect(from, response);
                } finally {
                    end(request, response);
                }
            } catch (IOException e) {
                throw System.nanoTime() < end ? named(from, e) : outOfTime(e);
            } finally {
                alarm.cancel(false);
            }
        }
        throw new PermanentFailure("More than " + MOST_REDIRECTS + " redirects, the last one to host " + from.host());
    }

    /** The path as it was read, in the characters that a request may have. */
    private static HttpGet get(HttpUrl url) {
        URI legal = url.uri();
        HttpGet request = new HttpGet("/");
        request.setPath(legal.getRawPath() + (legal.getRawQuery() == null ? "" : "?" + legal.getRawQuery()));
        return request;
    }

    /** An answer's head, which is whole in time: a host may not drip it, nor send one interim answer after another. */
    private ClassicHttpResponse answer(HttpGet request, HttpUrl url) throws IOException {
        Duration most = properties.connectTimeout().plus(properties.readTimeout());
        ScheduledFuture<?> alarm = alarms.schedule(request::cancel, most.toNanos(), TimeUnit.NANOSECONDS);
        try {
            HttpHost host = new HttpHost(url.scheme(), url.host(), url.port());
            return client().executeOpen(host, request, new BasicHttpContext());
        } catch (IOException e) {
            throw alarm.isDone()
                    ? new IOException(
                            "no whole answer of host " + url.host() + " after " + most
                                    + " (manus.attachments.connect-timeout and read-timeout)",
                            e)
                    : e;
        } finally {
            alarm.cancel(false);
        }
    }

    private HttpUrl redirect(HttpUrl from, ClassicHttpResponse response) throws IOException {
        Header location = response.getFirstHeader("Location");
        if (location == null) {
            throw new IOException("host " + from.host() + " redirects to nowhere (" + response.getCode() + ")");
        }
        return rule.check(from, location.getValue());
    }

    private static void expectSuccess(ClassicHttpResponse response, HttpUrl url) throws IOException {
        int status = response.getCode();
        if (status == 200) {
            return;
        }
        String found = "host " + url.host() + " answers " + status;
        if (EXPIRED.contains(status)) {
            throw new UrlExpired(found + ": the URL has expired, or the file is gone");
        }
        Header retryAfter = response.getFirstHeader("Retry-After");
        if (retryAfter != null && retryAfter.getValue().matches("\\d{1,5}")) {
            throw new RetryLater(found, Duration.ofSeconds(Long.parseLong(retryAfter.getValue())), null);
        }
        throw new IOException(found);
    }

    /** With the host, which the client's own words leave out. */
    private static IOException named(HttpUrl url, IOException e) {
        String message = String.valueOf(e.getMessage());
        return Unreachable.of(url.host() + ":" + url.port(), e)
                .<IOException>map(u -> u)
                .orElseGet(() ->
                        message.contains(url.host()) ? e : new IOException("host " + url.host() + ": " + message, e));
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
    synchronized CloseableHttpClient client() {
        if (client == null) {
            client = FileClient.open(properties.connectTimeout(), properties.readTimeout(), resolver);
        }
        return client;
    }

    private synchronized void closeClient() {
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
            client = null;
        }
    }

    @Override
    public void close() throws IOException {
        alarms.shutdownNow();
        closeClient();
        spool.close();
    }
}
