package org.manusroutes.standins;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A file host that cheats, in each of the ways that are named; it writes to the socket what no HTTP server would. */
public final class CheatingHost implements StandIn {
    /** What it does to whoever asks for a file of that name. */
    public enum Cheat {
        /** Header lines without end. */
        ENDLESS_HEADERS,
        /** One header line without end. */
        ENDLESS_HEADER_LINE,
        /** A status line without end. */
        ENDLESS_STATUS_LINE,
        /** {@code 100 Continue} without end. */
        ENDLESS_INTERIM_ANSWERS,
        /** A header line each second. */
        DRIPPING_HEADERS,
        /** {@code 100 Continue} each second. */
        DRIPPING_INTERIM_ANSWERS,
        /** A byte of the file each second. */
        DRIPPING_BODY,
        /** A file that is all there, and trailers without end. */
        ENDLESS_TRAILERS,
        /** A chunk whose length has digits without end. */
        ENDLESS_CHUNK_LENGTH,
        /** Nothing that is HTTP, without end. */
        GARBAGE,
        /** A connection that is taken and never answered. */
        SILENCE,
        /** A byte of the TLS handshake each second. */
        DRIPPING_HANDSHAKE
    }

    /** The first byte of a record (RFC 8446, 5.1). */
    private static final int TLS_HANDSHAKE = 22;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    private CheatingHost() throws IOException {
        door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start("cheating-host", this::accept);
    }

    public static CheatingHost start() {
        try {
            return new CheatingHost();
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

    public String url(Cheat cheat) {
        return (cheat == Cheat.DRIPPING_HANDSHAKE ? "https" : "http") + "://127.0.0.1:" + door.getLocalPort() + "/"
                + cheat + "?Signature=secret";
    }

    /** Requests so far. */
    public int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                start("cheating-host-" + client.getPort(), () -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            PushbackInputStream bytes = new PushbackInputStream(client.getInputStream());
            int first = bytes.read();
            if (first == TLS_HANDSHAKE) {
                asked.incrementAndGet();
                again(client.getOutputStream(), "\u0016\u0003\u0003\u0010\u0000\u0002", "x", 1);
                return;
            }
            bytes.unread(first);
            BufferedReader in = new BufferedReader(new InputStreamReader(bytes, ISO_8859_1));
            String path = in.readLine().split(" ", -1)[1];
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                // headers of no interest
            }
            asked.incrementAndGet();
            cheat(Cheat.valueOf(path.substring(1, path.indexOf('?'))), client.getOutputStream());
        } catch (IOException hungUp) {
            open.remove(client);
        }
    }

    private void cheat(Cheat cheat, OutputStream out) throws IOException {
        switch (cheat) {
            case ENDLESS_HEADERS -> again(out, "HTTP/1.1 200 OK\r\n", "X-Filler: " + "x".repeat(100) + "\r\n", 0);
            case ENDLESS_HEADER_LINE -> again(out, "HTTP/1.1 200 OK\r\nX-Filler: ", "x".repeat(1000), 0);
            case ENDLESS_STATUS_LINE -> again(out, "HTTP/1.1 200 ", "x".repeat(1000), 0);
            case ENDLESS_INTERIM_ANSWERS -> again(out, "", "HTTP/1.1 100 Continue\r\n\r\n", 0);
            case DRIPPING_HEADERS -> again(out, "HTTP/1.1 200 OK\r\n", "X-Filler: x\r\n", 1);
            case DRIPPING_INTERIM_ANSWERS -> again(out, "", "HTTP/1.1 103 Early Hints\r\n\r\n", 1);
            case DRIPPING_BODY -> again(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "x", 1);
            case ENDLESS_TRAILERS ->
                again(
                        out,
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n",
                        "X-Filler: " + "x".repeat(100) + "\r\n",
                        0);
            case ENDLESS_CHUNK_LENGTH ->
                again(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "0".repeat(1000), 0);
            case GARBAGE -> again(out, "", "garbage\r\n", 0);
            case SILENCE -> again(out, "", "", 1);
            case DRIPPING_HANDSHAKE -> throw new IOException("asked without TLS");
        }
    }

    private void again(OutputStream out, String first, String then, int pauseSeconds) throws IOException {
        out.write(first.getBytes(ISO_8859_1));
        byte[] bytes = then.getBytes(ISO_8859_1);
        try {
            while (!closing.await(pauseSeconds, TimeUnit.SECONDS)) {
                out.write(bytes);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
