package org.manusroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures how fast our workers drain an inbox, and how fast a hand-written loop does the same calls. */
final class Drain {
    private final Lab lab;
    private final double warmUp;
    private final double seconds;

    Drain(Lab lab) {
        this.lab = lab;
        this.warmUp = lab.options().warmUp();
        this.seconds = lab.options().seconds() * 2.5;
    }

    /** What a drain came to: events a second, and CPU milliseconds an event. */
    record Rate(double aSecond, Usage usage, long events) {
        double serverMillis() {
            return usage.server() * 1000 / events;
        }

        double databaseMillis() {
            return usage.database() * 1000 / events;
        }
    }

    /** Events that last for the warm-up and the measurement at this rate. */
    int enough(int aSecond) {
        return (int) (aSecond * (warmUp + seconds));
    }

    /** Starts ours on a database whose inbox is full, and counts what is done after the warm-up. */
    Rate ours(Servers servers, String database, Map<String, String> settings) throws IOException {
        Inbox inbox = new Inbox(lab.postgres(), database);
        try (Server server = servers.readyApplication("drain-ours", database, settings)) {
            double start = inbox.now();
            Server.pause((long) (warmUp * 1000));
            Rate rate = lab.options().profile()
                    ? Profile.during(server, lab.report(), () -> window(server, inbox))
                    : window(server, inbox);
            if (inbox.parked() > 0) {
                lab.report().line("%,d events are parked, which should not be", inbox.parked());
            }
            lab.report()
                    .progress(
                            "%,d done in all, %,d still wait", inbox.doneBetween(start, inbox.now()), inbox.waiting());
            return rate;
        }
    }

    private Rate window(Server server, Inbox inbox) {
        Usage before = Usage.now(server, lab.postgres());
        double from = inbox.now();
        Server.pause((long) (seconds * 1000));
        double to = inbox.now();
        Usage usage = Usage.now(server, lab.postgres()).since(before);
        if (inbox.waiting() == 0) {
            to = inbox.lastDone();
            lab.report().line("the inbox was empty before the time was over; counted up to there");
        }
        long events = inbox.doneBetween(from, to);
        return new Rate(events / (to - from), usage, Math.max(1, events));
    }

    Rate handWritten(Class<?> main, String slackUrl, int smtpPort) throws IOException {
        String database = lab.postgres().fresh("hand");
        List<String> command =
                Servers.ownClass(main, lab.postgres().url(database), slackUrl, Integer.toString(smtpPort));
        try (Server loop = Server.start("drain-hand", lab.servers().distribution(), 0, new HashMap<>(), command)) {
            Server.pause((long) (warmUp * 1000) + 2000);
            Usage before = Usage.now(loop, lab.postgres());
            long done = counted(loop);
            double from = System.nanoTime() / 1e9;
            Server.pause((long) (seconds * 1000));
            long events = counted(loop) - done;
            double time = System.nanoTime() / 1e9 - from;
            Usage usage = Usage.now(loop, lab.postgres()).since(before);
            if (events == 0) {
                throw new IllegalStateException("the hand-written loop does nothing; see " + loop.log());
            }
            return new Rate(events / time, usage, events);
        }
    }

    /** Waits for the next count that the loop prints, so that both ends of a window are as old. */
    private static long counted(Server loop) throws IOException {
        int lines = Files.readAllLines(loop.log()).size();
        while (true) {
            if (!loop.isAlive()) {
                throw new IllegalStateException("the hand-written loop ended; see " + loop.log());
            }
            List<String> now = Files.readAllLines(loop.log());
            if (now.size() > lines) {
                return Long.parseLong(now.get(now.size() - 1));
            }
            Server.pause(20);
        }
    }
}
