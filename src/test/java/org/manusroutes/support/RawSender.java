package org.manusroutes.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Delivers distinct events without a pause, over sockets of its own, and remembers what it saw. */
public final class RawSender implements Runnable {
    /** Event ids that were answered with 200. */
    public final Queue<String> stored = new ConcurrentLinkedQueue<>();

    private final Map<String, AtomicInteger> seen = new ConcurrentSkipListMap<>();
    private final int port;
    private final String name;
    private final boolean keepConnection;
    private volatile boolean stopped;

    public RawSender(int port, String name, boolean keepConnection) {
        this.port = port;
        this.name = name;
        this.keepConnection = keepConnection;
    }

    public void stop() {
        stopped = true;
    }

    /** {@code refused}, a status, or a description of anything worse; each with how often. */
    public Map<String, Integer> seen() {
        Map<String, Integer> counts = new TreeMap<>();
        seen.forEach((what, count) -> counts.put(what, count.get()));
        return counts;
    }

    @Override
    public void run() {
        for (int n = 0; !stopped; ) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
                socket.setSoTimeout(10_000);
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                boolean open = true;
                for (int request = 0; open && !stopped; request++) {
                    String id = name + "-" + n++;
                    open = deliver(socket, in, id, request) && keepConnection;
                }
            } catch (ConnectException e) {
                saw("refused");
                LockSupport.parkNanos(1_000_000); // leaves the process that starts a core to start with
            } catch (IOException e) {
                saw(e.toString());
            }
        }
    }

    /** Whether the connection may be used again. */
    private boolean deliver(Socket socket, BufferedReader in, String id, int request) throws IOException {
        String body = "{\"event_id\":\"" + id + "\",\"event_type\":\"task_created\",\"task_detail\":{\"task_id\":\""
                + name + "\"}}";
        String head = "POST /webhooks/manus HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + (keepConnection ? "" : "Connection: close\r\n") + "Content-Length: " + body.length() + "\r\n\r\n";
        String status;
        try {
            socket.getOutputStream().write((head + body).getBytes(ISO_8859_1));
            status = in.readLine();
        } catch (IOException e) {
            if (request > 0) {
                return false; // an idle connection that the server gave up: any client opens another one
            }
            throw e;
        }
        if (status == null) {
            if (request == 0) {
                saw("closed without an answer");
            }
            return false;
        }
        boolean open = true;
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            open &= !line.equalsIgnoreCase("Connection: close");
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            if (in.read() < 0) {
                saw("an answer that ended early");
                return false;
            }
        }
        String code = status.split(" ", -1)[1];
        saw(code);
        if (code.equals("200")) {
            stored.add(id);
        }
        return open && length > 0;
    }

    private void saw(String what) {
        seen.computeIfAbsent(what, first -> new AtomicInteger()).incrementAndGet();
    }
}
