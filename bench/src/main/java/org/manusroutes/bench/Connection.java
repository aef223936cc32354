package org.manusroutes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keep-alive connection of the load: one request at a time, and just enough HTTP to judge its answer. */
final class Connection {
    private static final byte[] END_OF_CHUNKS = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final InetSocketAddress address;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
    private final byte[] text = new byte[8192];
    private SocketChannel channel;
    private int length;
    private int number;
    private long sentAt;
    private String error = "";

    enum Answer {
        INCOMPLETE,
        RECEIVED,
        KNOWN,
        ERROR
    }

    private Connection(Selector selector, InetSocketAddress address) {
        this.selector = selector;
        this.address = address;
    }

    static Connection open(int port, Selector selector) throws IOException {
        Connection connection = new Connection(selector, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        connection.connect();
        return connection;
    }

    int number() {
        return number;
    }

    long sentAt() {
        return sentAt;
    }

    String error() {
        return error;
    }

    private void connect() throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(int newNumber, ByteBuffer request, long at) {
        number = newNumber;
        sentAt = at;
        length = 0;
        try {
            while (request.hasRemaining()) {
                channel.write(request);
            }
        } catch (IOException e) {
            // the server closed it in between; what read() sees then is counted
            error = "cannot send";
        }
    }

    Answer read() {
        try {
            buffer.clear();
            int count = channel.read(buffer);
            if (count < 0) {
                reconnect();
                error = "closed";
                return Answer.ERROR;
            }
            buffer.flip().get(text, length, count);
            length += count;
        } catch (IOException e) {
            reconnect();
            error = "reset";
            return Answer.ERROR;
        }
        int body = bodyStart();
        if (body < 0) {
            return Answer.INCOMPLETE;
        }
        String head = new String(text, 0, body, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (!complete(head, body)) {
            return Answer.INCOMPLETE;
        }
        Answer answer = judge(head, body);
        if (head.contains("connection: close")) {
            reconnect(); // Tomcat does so after a hundred requests
        }
        return answer;
    }

    private int bodyStart() {
        for (int i = 3; i < length; i++) {
            if (text[i] == '\n' && text[i - 1] == '\r' && text[i - 2] == '\n' && text[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean complete(String head, int body) {
        int at = head.indexOf("content-length:");
        if (at >= 0) {
            int end = head.indexOf('\r', at);
            int bytes = Integer.parseInt(
                    head.substring(at + "content-length:".length(), end).strip());
            return length >= body + bytes;
        }
        for (int i = 0; i < END_OF_CHUNKS.length; i++) {
            if (text[length - END_OF_CHUNKS.length + i] != END_OF_CHUNKS[i]) {
                return false;
            }
        }
        return true;
    }

    private Answer judge(String head, int body) {
        String content = new String(text, body, length - body, StandardCharsets.UTF_8);
        if (head.startsWith("http/1.1 200")) {
            if (content.contains("\"received\"")) {
                return Answer.RECEIVED;
            }
            if (content.contains("\"already_processed\"")) {
                return Answer.KNOWN;
            }
        }
        error = head.substring(9, 12) + " " + content.strip();
        return Answer.ERROR;
    }

    private void reconnect() {
        try {
            channel.close();
            connect();
        } catch (IOException e) {
            throw new UncheckedIOException("the server is gone", e);
        }
    }
}
