package org.manusroutes.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** A network cable to a local port: unplugged, nothing arrives and nobody is told. */
public final class UnpluggableProxy implements AutoCloseable {
    private final ServerSocket entry;
    private final int target;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Semaphore plugged = new Semaphore(1_000_000);

    private UnpluggableProxy(ServerSocket entry, int target) {
        this.entry = entry;
        this.target = target;
    }

    public static UnpluggableProxy to(int port) {
        try {
            UnpluggableProxy cable =
                    new UnpluggableProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            thread(cable::accept);
            return cable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return entry.getLocalPort();
    }

    public void unplug() {
        plugged.drainPermits();
    }

    public void plug() {
        plugged.release(1_000_000);
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                Socket near = entry.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                thread(() -> carry(near, far));
                thread(() -> carry(far, near));
            } catch (IOException closed) {
                return; // the test is over
            }
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                plugged.acquireUninterruptibly();
                plugged.release();
                out.write(buffer, 0, n);
            }
            to.close();
        } catch (IOException gone) {
            close(from);
            close(to);
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entry.close();
        sockets.forEach(UnpluggableProxy::close);
    }
}
