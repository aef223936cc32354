package org.manusroutes.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.manusroutes.standins.CheatingHost;
import org.manusroutes.standins.CheatingHost.Cheat;
import org.manusroutes.standins.StandIn;

/** Serves files that it makes up from their names, each always the same; refuses and hangs up as told. */
final class FileHost implements StandIn {
    /** What happens to a request. */
    enum Fault {
        ERROR_500,
        SLOW,
        CUT_IN_THE_MIDDLE,
        /** A redirect to a host that cheats. */
        CHEATED
    }

    private static final Cheat[] CHEATS = Cheat.values();

    private final CheatingHost cheatingHost = CheatingHost.start();
    private final AtomicInteger cheated = new AtomicInteger();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Tally tally;
    private volatile boolean healed;

    FileHost(Tally tally) {
        this.tally = tally;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * A file of an event.
     *
     * @param number of the event that has it
     * @param position from 1
     * @param needsFreshUrl whether the first URL that is given out for it never works
     */
    record SharedFile(int number, int position, int size, boolean needsFreshUrl) {
        String name() {
            return "file-" + number + "-" + position + ".bin";
        }

        byte[] content() {
            byte[] content = new byte[size];
            new Random(number * 31L + position).nextBytes(content);
            return content;
        }
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "manus.attachments.allow-http",
                true,
                "manus.attachments.allow-private-addresses",
                true,
                "manus.attachments.allowed-hosts",
                "127.0.0.1",
                "manus.attachments.read-timeout",
                "5s");
    }

    /** @param signature 0 in the first delivery, more in later ones */
    String url(SharedFile file, int signature) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file.number() + "/" + file.position() + "/"
                + file.size() + "/" + (file.needsFreshUrl() ? "fresh" : "any") + "?Signature=" + signature;
    }

    void next(int count, Fault fault) {
        for (int i = 0; i < count; i++) {
            faults.add(fault);
        }
    }

    /** From now on all goes well; also an old URL, which a delivery that hung somewhere may have put in place again. */
    void heal() {
        faults.clear();
        healed = true;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            byte[] content = new SharedFile(
                            Integer.parseInt(path[1]), Integer.parseInt(path[2]), Integer.parseInt(path[3]), false)
                    .content();
            boolean fresh = !exchange.getRequestURI().getQuery().endsWith("=0");
            Fault fault = faults.poll();
            if (path[4].equals("fresh") && !fresh && !healed) {
                tally.add("file URL_TOO_OLD");
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            if (fault != null) {
                tally.add("file " + fault);
            }
            if (fault == Fault.ERROR_500) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            if (fault == Fault.CHEATED) {
                Cheat cheat = CHEATS[cheated.getAndIncrement() % CHEATS.length];
                tally.add("file CHEATED by " + cheat);
                exchange.getResponseHeaders().set("Location", cheatingHost.url(cheat));
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            if (fault == Fault.SLOW) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            }
            exchange.sendResponseHeaders(200, content.length);
            int length = fault == Fault.CUT_IN_THE_MIDDLE ? content.length / 2 : content.length;
            exchange.getResponseBody().write(content, 0, length);
        }
    }

    @Override
    public void close() {
        cheatingHost.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
