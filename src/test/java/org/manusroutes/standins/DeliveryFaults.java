package org.manusroutes.standins;

import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loses, doubles and delays deliveries at given rates; which ones, the seed and the order of the events decide. Each
 * queue has the ids of those that it happened to.
 */
public final class DeliveryFaults {
    public final Queue<String> lost = new ConcurrentLinkedQueue<>();
    public final Queue<String> doubled = new ConcurrentLinkedQueue<>();
    public final Queue<String> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final Random random;
    private final double lose;
    private final double repeat;
    private final double delay;
    private final Duration lateness;

    /** @param lose from 0 to 1, as the other rates; together at most 1 */
    public DeliveryFaults(long seed, double lose, double repeat, double delay, Duration lateness) {
        this.random = new Random(seed);
        this.lose = lose;
        this.repeat = repeat;
        this.delay = delay;
        this.lateness = lateness;
    }

    static DeliveryFaults none() {
        return new DeliveryFaults(0, 0, 0, 0, Duration.ZERO);
    }

    void deliver(String eventId, Runnable delivery, ScheduledExecutorService scheduler) {
        double fate = random.nextDouble();
        if (fate < lose) {
            lost.add(eventId);
        } else if (fate < lose + repeat) {
            doubled.add(eventId);
            delivery.run();
            delivery.run();
        } else if (fate < lose + repeat + delay) {
            late.add(eventId);
            onTheirWay.incrementAndGet();
            scheduler.schedule(
                    () -> {
                        delivery.run();
                        onTheirWay.decrementAndGet();
                    },
                    lateness.toMillis(),
                    TimeUnit.MILLISECONDS);
        } else {
            delivery.run();
        }
    }

    /** Late ones that have not been sent yet. */
    public int onTheirWay() {
        return onTheirWay.get();
    }
}
