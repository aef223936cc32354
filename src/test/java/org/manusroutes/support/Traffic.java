package org.manusroutes.support;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Delivers distinct events of a few tasks at a steady rate, each once, and counts the answers. */
public final class Traffic implements AutoCloseable {
    private static final int SENDERS = 4;
    private static final int EVENTS_A_TASK = 20;

    private final Map<String, AtomicInteger> answers = new ConcurrentSkipListMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final long start = System.nanoTime();
    private final URI webhook;
    private final int perSecond;
    private volatile long end;

    private Traffic(URI webhook, int perSecond) {
        this.webhook = webhook;
        this.perSecond = perSecond;
    }

    public static Traffic start(URI webhook, int perSecond) {
        Traffic traffic = new Traffic(webhook, perSecond);
        for (int sender = 0; sender < SENDERS; sender++) {
            String task = "traffic-" + System.nanoTime() + "-" + sender;
            Thread thread = new Thread(() -> traffic.send(task));
            traffic.threads.add(thread);
            thread.start();
        }
        return traffic;
    }

    private void send(String task) {
        long every = TimeUnit.SECONDS.toNanos(SENDERS) / perSecond;
        long next = start;
        for (int n = 0; end == 0; n++) {
            String body = """
                    {"event_id": "%s-%d", "event_type": "task_progress",
                     "progress_detail": {"task_id": "%s-%d", "message": "at %d"}}""".formatted(task, n, task, n / EVENTS_A_TASK, n);
            answers.computeIfAbsent(post(body), first -> new AtomicInteger()).incrementAndGet();
            next += every;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private String post(String body) {
        try {
            return String.valueOf(Http.send(Http.json(webhook, body)).statusCode());
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        if (end == 0) {
            end = System.nanoTime();
        }
        Bounded.join(threads);
    }

    /** By status, or by what went wrong. */
    public Map<String, Integer> answers() {
        Map<String, Integer> counts = new ConcurrentSkipListMap<>();
        answers.forEach((answer, count) -> counts.put(answer, count.get()));
        return counts;
    }

    public int taken() {
        return answers().getOrDefault("200", 0);
    }

    /** After its end. */
    public long reachedPerSecond() {
        return taken() * TimeUnit.SECONDS.toNanos(1) / (end - start);
    }
}
