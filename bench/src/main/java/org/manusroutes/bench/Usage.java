package org.manusroutes.bench;

/**
 * CPU seconds since the start of something: of the server, of PostgreSQL, of the benchmark itself (load and sinks), and
 * of the whole machine.
 */
record Usage(double server, double database, double bench, double machine, double seconds) {

    static Usage now(Server server, Postgres postgres) {
        return new Usage(
                server.cpuSeconds(),
                postgres.cpuSeconds(),
                Processes.cpuSeconds(ProcessHandle.current().pid()),
                Processes.machineCpuSeconds(),
                System.nanoTime() / 1e9);
    }

    Usage since(Usage before) {
        return new Usage(
                server - before.server,
                database - before.database,
                bench - before.bench,
                machine - before.machine,
                seconds - before.seconds);
    }

    /** Per cent of the machine that others took meanwhile: a run with more than a few says little. */
    double othersPercent() {
        double others = Math.max(0, machine - server - database - bench);
        return 100 * others / (seconds * Runtime.getRuntime().availableProcessors());
    }
}
