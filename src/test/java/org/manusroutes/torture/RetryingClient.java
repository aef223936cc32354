package org.manusroutes.torture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A sender with two addresses, which tries the other one once after a 503 or a refused connection, and only then. */
final class RetryingClient implements Runnable {
    /** Event ids that were answered with 200. */
    final Queue<String> accepted = new ConcurrentLinkedQueue<>();

    /** Requests that were not, each with what came instead. */
    final Queue<String> failed = new ConcurrentLinkedQueue<>();

    final AtomicInteger retried = new AtomicInteger();
    private final String name;
    private final List<Integer> ports;
    private volatile boolean stopped;

    RetryingClient(String name, List<Integer> ports) {
        this.name = name;
        this.ports = ports;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        for (int n = 0; !stopped; n++) {
            String id = name + "-" + n;
            String first = answer(ports.get(n % 2), id);
            if (first.equals("503") || first.equals("refused")) {
                retried.incrementAndGet();
                String second = answer(ports.get((n + 1) % 2), id);
                note(id, second, first + ", then " + second);
            } else {
                note(id, first, first);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
        }
    }

    private void note(String id, String answer, String story) {
        if (answer.equals("200")) {
            accepted.add(id);
        } else {
            failed.add(id + ": " + story);
        }
    }

    /** The status; {@code refused}; or a description of anything worse. */
    private static String answer(int port, String id) {
        String body = "{\"event_id\":\"" + id + "\",\"event_type\":\"task_created\",\"task_detail\":{\"task_id\":\""
                + id + "\",\"task_title\":\"t\"}}";
        String request = "POST /webhooks/manus HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
            return status == null ? "closed without an answer" : status.split(" ", -1)[1];
        } catch (ConnectException refused) {
            return "refused";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
