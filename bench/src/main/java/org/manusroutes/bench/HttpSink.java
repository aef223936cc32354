package org.manusroutes.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for Slack: says yes to every post, as cheaply as it can, and remembers which event each told of, and when.
 * It can go away (connection refused) or fall silent (accepts, never answers), and come back on the same port.
 */
final class HttpSink implements AutoCloseable {
    private static final byte[] YES = answer("{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.1\"}");

    private final int port;
    private final Map<Integer, Long> arrivals = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
    private final AtomicInteger posts = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;
    private volatile boolean silent;

    HttpSink() throws IOException {
        port = Server.freePort();
        listen();
    }

    int port() {
        return port;
    }

    /** Settings of the application for Slack's Web API here. */
    Map<String, String> settings() {
        return Map.of("MANUS_SLACK_TOKEN", "xoxb-bench", "MANUS_SLACK_API_URL", url());
    }

    String url() {
        return "http://127.0.0.1:" + port + "/api/";
    }

    int posts() {
        return posts.get();
    }

    /** {@link System#nanoTime} of the first post of each event, by its number. */
    Map<Integer, Long> arrivals() {
        return arrivals;
    }

    /** Numbers of events in the order of their posts. */
    List<Integer> order() {
        return new ArrayList<>(order);
    }

    void forget() {
        arrivals.clear();
        order.clear();
        posts.set(0);
    }

    /** From now on connections are refused. */
    void refuse() throws IOException {
        server.close();
        cut();
    }

    /** From now on nothing is answered; what is connected stays so. */
    void fallSilent() {
        silent = true;
    }

    /** Takes posts again. */
    void comeBack() throws IOException {
        silent = false;
        cut();
        if (server.isClosed()) {
            listen();
        }
    }

    private void cut() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void listen() throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        server = listening;
        daemon(() -> {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    daemon(() -> serve(socket));
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    static void daemon(Runnable work) {
        Thread thread = new Thread(work, "sink");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        open.add(socket);
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            byte[] body = new byte[0];
            for (int length = contentLength(in); length >= 0; length = contentLength(in)) {
                body = body.length < length ? new byte[length] : body;
                if (in.readNBytes(body, 0, length) < length) {
                    return;
                }
                if (silent) {
                    in.read(); // until the other side gives up, or the connection is cut
                    return;
                }
                arrived(body, length);
                socket.getOutputStream().write(YES);
            }
        } catch (IOException e) {
            // the client went away
        } finally {
            open.remove(socket);
        }
    }

    private void arrived(byte[] body, int length) {
        long now = System.nanoTime();
        int number = Events.number(body, length);
        posts.incrementAndGet();
        arrivals.putIfAbsent(number, now);
        order.add(number);
    }

    /** Reads a head; -1 at the end of the connection. */
    private static int contentLength(InputStream in) throws IOException {
        int length = 0;
        StringBuilder line = new StringBuilder(80);
        for (boolean first = true; ; first = false) {
            line.setLength(0);
            int next = in.read();
            while (next >= 0 && next != '\n') {
                line.append((char) next);
                next = in.read();
            }
            if (next < 0) {
                return -1;
            }
            if (line.length() <= 1 && !first) {
                return length;
            }
            String text = line.toString();
            if (text.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(text.substring(15).strip());
            }
        }
    }

    private static byte[] answer(String json) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: " + json.length()
                        + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        refuse();
    }
}
