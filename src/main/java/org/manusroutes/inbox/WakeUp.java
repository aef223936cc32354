package org.manusroutes.inbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Lets the claiming thread sleep until an event has been stored on this node, or a time has passed. */
@Component
final class WakeUp {
    private final Semaphore calls = new Semaphore(0);

    void call() {
        calls.release();
    }

    void await(Duration longest) throws InterruptedException {
        if (calls.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }
}
