package org.manusroutes.bench;

import java.io.IOException;

/**
 * A door under load.
 *
 * @param reset brings its database back to where each run begins
 */
record Door(String name, Server server, Runnable reset) implements AutoCloseable {

    /** One measured run, and what it took. */
    record Run(Load.Result load, Usage usage, long residentMiB) {
        double serverCpuOf1000() {
            return usage.server() * 1000 / load.requests();
        }

        double databaseCpuOf1000() {
            return usage.database() * 1000 / load.requests();
        }
    }

    /** Drives the door for this long, from the beginning again when all events have been sent. */
    double warmUp(Lab lab, int connections, double seconds) throws IOException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int requests = 0;
        double time = 0;
        do {
            reset.run();
            double left = Math.max(0.5, (end - System.nanoTime()) / 1e9);
            Load.Result result = new Load(
                            server.port(),
                            lab.requests(),
                            Load.each(lab.requests().count()),
                            connections)
                    .endsAfter(left)
                    .run();
            check(result, name + " while warming up");
            requests += result.requests();
            time += result.seconds();
        } while (System.nanoTime() < end);
        return requests / time;
    }

    Run measure(Lab lab, int connections, int[] order) throws IOException {
        reset.run();
        Usage before = Usage.now(server, lab.postgres());
        Load.Result result = new Load(server.port(), lab.requests(), order, connections).run();
        return new Run(result, Usage.now(server, lab.postgres()).since(before), server.residentMiB());
    }

    /** A figure of a door that mostly says no is none. */
    static void check(Load.Result result, String what) {
        if (result.errorCount() > result.requests() / 2) {
            throw new IllegalStateException(what + ": " + result.errors());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
