package org.manusroutes.standins;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves files of any size without keeping them, and misbehaves as told; in the place of Manus's file hosts. */
public final class FileServer implements StandIn {
    private static final byte[] BLOCK = new byte[64 * 1024];

    static {
        new Random(1763506696L).nextBytes(BLOCK);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, HttpHandler> files = new ConcurrentHashMap<>();
    private final Map<String, List<Headers>> requests = new ConcurrentHashMap<>();

    private FileServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static FileServer start() {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return new FileServer(HttpServer.create(new InetSocketAddress(loopback, 0), 50));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "manus.attachments.allow-http", true,
                "manus.attachments.allow-private-addresses", true,
                "manus.attachments.allowed-hosts", "127.0.0.1");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** With a query, as signed URLs have. */
    public String url(String name) {
        return "http://127.0.0.1:" + port() + "/" + name + "?Policy=p&Signature=secret";
    }

    /** The bytes of a file of that size. */
    public static byte[] content(int size) {
        byte[] content = new byte[size];
        for (int from = 0; from < size; from += BLOCK.length) {
            System.arraycopy(BLOCK, 0, content, from, Math.min(BLOCK.length, size - from));
        }
        return content;
    }

    public String file(String name, long size) {
        return on(name, exchange -> {
            exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
            write(exchange.getResponseBody(), size);
        });
    }

    /** Without end, and without saying so beforehand. */
    public String endless(String name) {
        return on(name, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange.getResponseBody(), Long.MAX_VALUE);
        });
    }

    /** Announces {@code size} bytes, sends half of them, and cuts the connection. */
    public String cut(String name, long size) {
        return on(name, exchange -> {
            exchange.sendResponseHeaders(200, size);
            write(exchange.getResponseBody(), size / 2);
        });
    }

    /** As it is, under a {@code Content-Encoding}. */
    public String coded(String name, String coding, byte[] content) {
        return on(name, exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", coding);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
    }

    /** One byte now and then. */
    public String trickle(String name, int size, Duration pause) {
        return on(name, exchange -> {
            exchange.sendResponseHeaders(200, size);
            for (int i = 0; i < size && !waitFor(pause); i++) {
                exchange.getResponseBody().write(BLOCK[i % BLOCK.length]);
                exchange.getResponseBody().flush();
            }
        });
    }

    public String status(String name, int status) {
        return on(name, exchange -> exchange.sendResponseHeaders(status, -1));
    }

    public String retryAfter(String name, int status, String seconds) {
        return on(name, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", seconds);
            exchange.sendResponseHeaders(status, -1);
        });
    }

    public String redirect(String name, String location) {
        return on(name, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    /** The headers of each request for a name, in order. */
    public List<Headers> requests(String name) {
        return requests.getOrDefault(name, List.of());
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String on(String name, HttpHandler answer) {
        files.put(name, answer);
        return url(name);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        requests.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>()).add(exchange.getRequestHeaders());
        HttpHandler answer = files.getOrDefault(name, other -> other.sendResponseHeaders(404, -1));
        // closing an answer that is not complete cuts the connection
        try (exchange) {
            answer.handle(exchange);
        }
    }

    private static void write(OutputStream out, long size) throws IOException {
        for (long left = size; left > 0; left -= BLOCK.length) {
            out.write(BLOCK, 0, (int) Math.min(BLOCK.length, left));
        }
    }

    private boolean waitFor(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
