package org.manusroutes.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.manusroutes.standins.StandIn;

/** A Slack that remembers every message it took, and refuses, hangs or hangs up as told. */
final class SlackSink implements StandIn {
    /** What happens to a post. */
    enum Fault {
        /** 429 with Retry-After: 1. */
        RATE_LIMITED,
        ERROR_500,
        /** 200 with a page, which is no yes. */
        PAGE,
        /** Read, not taken, and no answer. */
        RESET,
        /** Read, taken, and no answer. */
        RESET_AFTER_TAKING,
        /** Taken, and answered two seconds later. */
        SLOW
    }

    /** Milliseconds from taking a message to saying so. */
    static final int THINKING = 50;

    final Effects effects = new Effects();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Tally tally;

    SlackSink(Tally tally) {
        this.tally = tally;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/chat.postMessage", this::serve);
        server.start();
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "manus.slack.token",
                "xoxb-torture",
                "manus.slack.api-url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/api/",
                // else the pace of one message a second decides how long everything takes
                "manus.slack.messages-per-second",
                0);
    }

    void next(int count, Fault fault) {
        for (int i = 0; i < count; i++) {
            faults.add(fault);
        }
    }

    void heal() {
        faults.clear();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Fault fault = faults.poll();
            if (fault != null) {
                tally.add("Slack " + fault);
            }
            if (fault == Fault.RATE_LIMITED) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                answer(exchange, 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
            } else if (fault == Fault.ERROR_500) {
                answer(exchange, 500, "");
            } else if (fault == Fault.PAGE) {
                answer(exchange, 200, "<html>Please log in</html>");
            } else if (fault == Fault.RESET_AFTER_TAKING) {
                effects.take(message, false);
            } else if (fault != Fault.RESET) {
                effects.take(message, true);
                if (fault == Fault.SLOW) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(THINKING)); // a moment in which its caller may die
                answer(exchange, 200, "{\"ok\":true,\"channel\":\"C0\",\"ts\":\"1763506696.000100\"}");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
