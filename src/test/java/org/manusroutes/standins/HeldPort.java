package org.manusroutes.standins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A free port of this machine that stays one's own until it is closed, whether somebody listens on it or not: the
 * system gives it to nobody else, connections are refused while nobody listens. It is bound and never listens itself,
 * and a server that sets {@code SO_REUSEADDR}, as Java's, Tomcat's and PostgreSQL's do, may listen beside it.
 */
public final class HeldPort implements AutoCloseable {
    private final Socket holder = new Socket();

    private HeldPort() throws IOException {
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static HeldPort take() {
        try {
            return new HeldPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
