package org.manusroutes.inbox.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Lets the claiming thread sleep until an event has been stored on this node, or a time has passed. */
@Component
public final class WakeUp {
    private final Semaphore calls = new Semaphore(0);

    public void call() {
        calls.release();
    }

    public void await(Duration longest) throws InterruptedException {
        if (calls.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }
}
