package org.manusroutes.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Seconds from the start of the process to the first 200 at the webhook, on a database that has its tables. */
final class StartPart {
    private final Lab lab;

    StartPart(Lab lab) {
        this.lab = lab;
    }

    private record Start(double seconds, double cpuSeconds, long residentMiB) {}

    void run() throws Exception {
        int starts = lab.options().quick() ? 2 : 10;
        lab.report().title("start");
        lab.report().line("Medians of %d starts, taken in turn.", starts);
        String baseline = lab.postgres().fresh("start_baseline");
        Map<String, Callable<Server>> variants = new LinkedHashMap<>();
        variants.put("baseline", () -> lab.servers().receiver("start-baseline", baseline));
        for (Map.Entry<String, Servers> one : lab.distributions().entrySet()) {
            String name = one.getKey();
            Servers servers = one.getValue();
            String database = servers.migrated("start");
            variants.put(
                    name + ", java -jar", () -> servers.application("start-jar-" + name, database, Map.of(), false));
            if (servers.canTrain()) {
                servers.train();
                variants.put(
                        name + ", after bin/train",
                        () -> servers.application("start-trained-" + name, database, Map.of(), true));
            }
        }
        Map<String, List<Start>> taken = new LinkedHashMap<>();
        for (int i = 0; i <= starts; i++) {
            for (Map.Entry<String, Callable<Server>> variant : variants.entrySet()) {
                try (Server server = variant.getValue().call()) {
                    Start start = start(server, i);
                    if (i > 0) { // the first one reads the files into the page cache
                        taken.computeIfAbsent(variant.getKey(), v -> new ArrayList<>())
                                .add(start);
                    }
                }
            }
        }
        Report.Table table = new Report.Table("", "seconds", "ratio", "CPU seconds", "RSS MiB");
        List<Start> first = taken.get("baseline");
        taken.forEach((variant, some) -> table.row(
                variant,
                Figures.median(some, "%.1f", Start::seconds),
                Figures.ratio(some, first, Start::seconds),
                Figures.median(some, "%.1f", Start::cpuSeconds),
                Figures.median(some, "%.0f", Start::residentMiB)));
        lab.report().table(table);
    }

    private Start start(Server server, int number) throws IOException {
        long end = server.startedAt() + TimeUnit.MINUTES.toNanos(5);
        while (System.nanoTime() < end && server.isAlive()) {
            if (stores(server.port(), number)) {
                return new Start(
                        (System.nanoTime() - server.startedAt()) / 1e9, server.cpuSeconds(), server.residentMiB());
            }
            Server.pause(10);
        }
        throw new IllegalStateException("no 200; see " + server.log());
    }

    private boolean stores(int port, int number) {
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            channel.socket().setSoTimeout(10_000);
            ByteBuffer request = lab.requests().get(number);
            while (request.hasRemaining()) {
                channel.write(request);
            }
            byte[] status = channel.socket().getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(status, StandardCharsets.US_ASCII).endsWith("200");
        } catch (IOException e) {
            return false; // not listening yet
        }
    }
}
