package org.manusroutes.torture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on a port that stays; subclasses look at what passes, and hold it back or cut the connection. */
abstract class Wire implements AutoCloseable {
    private final ServerSocket entry;
    private final int target;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    Wire(int target) {
        this.target = target;
        try {
            this.entry = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    final int port() {
        return entry.getLocalPort();
    }

    /** Resets every connection; how many there were. */
    final int cutAll() {
        int count = 0;
        for (Connection connection : open) {
            connection.reset();
            count++;
        }
        return count;
    }

    /** A piece on its way to the server; whoever does not want it to arrive does not call {@code toServer}. */
    void fromClient(Connection connection, byte[] piece, int length) throws IOException {
        connection.toServer(piece, length);
    }

    /** A piece on its way back. */
    void fromServer(Connection connection, byte[] piece, int length) throws IOException {
        connection.toClient(piece, length);
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                Socket client = entry.accept();
                thread(() -> serve(client));
            } catch (IOException closed) {
                return; // the test is over
            }
        }
    }

    private void serve(Socket client) {
        Socket server = new Socket();
        Connection connection = new Connection(client, server);
        open.add(connection);
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
        } catch (IOException refused) {
            connection.reset();
            return;
        }
        thread(() -> carry(connection, server, this::fromServer));
        carry(connection, client, this::fromClient);
    }

    private void carry(Connection connection, Socket from, Way way) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                way.pass(connection, buffer, length);
            }
            connection.close();
        } catch (IOException gone) {
            connection.reset();
        }
    }

    private interface Way {
        void pass(Connection connection, byte[] piece, int length) throws IOException;
    }

    static void thread(Runnable task) {
        Thread thread = new Thread(task, "torture-wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entry.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }

    /** Both halves of a connection that passes through. */
    final class Connection {
        private final Socket client;
        private final Socket server;

        /** For the subclass to note what becomes of this connection. */
        volatile Object note;

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void toServer(byte[] piece, int length) throws IOException {
            server.getOutputStream().write(piece, 0, length);
        }

        void toClient(byte[] piece, int length) throws IOException {
            client.getOutputStream().write(piece, 0, length);
        }

        /** No more comes; what has been sent still arrives. */
        void endOfAnswer() throws IOException {
            client.shutdownOutput();
        }

        /** RST to both sides. */
        void reset() {
            end(true);
        }

        void close() {
            end(false);
        }

        private void end(boolean rudely) {
            open.remove(this);
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    if (rudely) {
                        socket.setSoLinger(true, 0);
                    }
                    socket.close();
                } catch (IOException alreadyClosed) {
                    continue; // which is what is wanted
                }
            }
        }
    }
}
