package org.manusroutes.bundle.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Starts the routes that one node at a time runs where their leases are held, and stops them where they are not. */
@Component
final class LeaseKeeper {
    /** Longer than a lease. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final GuardedReload reload;
    private final RouteLeases leases;
    private final Loop loop;
    private final TimeLimit limit = new TimeLimit(Duration.ofSeconds(10));

    LeaseKeeper(GuardedReload reload, RouteLeases leases, Loops loops) {
        this.reload = reload;
        this.leases = leases;
        this.loop = loops.named("route-leases", LATE);
    }

    @Scheduled(fixedDelay = RouteLeases.RENEW_SECONDS, timeUnit = TimeUnit.SECONDS)
    void keep() {
        loop.scheduled(() -> {
            RunningVersion version = reload.current();
            if (version == null || version.exclusive().isEmpty()) {
                return;
            }
            try {
                leases.renew(version.exclusive());
            } finally {
                reload.inTurn(() -> follow(version));
            }
        });
    }

    /** What the leases say now, unless an edit has come in between. */
    private void follow(RunningVersion version) throws Exception {
        if (reload.current() != version) {
            return;
        }
        limit.run("stop", version::stopWhatIsNotHeld);
        if (version.mayStartMore()) {
            reload.complete(version);
        }
    }
}
