package org.manusroutes.attachments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/** A listening socket of a service that must not be reached: it counts who tries. */
final class CountingSocket implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();

    /** @param address where to listen: one that leads to this machine */
    CountingSocket(String address) throws IOException {
        socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        Thread thread = new Thread(this::accept, "counting-socket");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What has connected so far; one more connection, of our own, makes sure that none is on its way. */
    int connections() throws IOException {
        int before;
        try (Socket probe = new Socket(socket.getInetAddress(), port())) {
            // answered when all that came before has been counted
            before = probe.getInputStream().read();
        }
        return before;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connection.getOutputStream().write(connections.getAndIncrement());
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
