package org.manusroutes.reconcile;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.manusroutes.inbox.InboxProperties;
import org.manusroutes.inbox.MissedEvents;
import org.manusroutes.lease.NodeLeases;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.ManusApiProperties;
import org.manusroutes.reconcile.Progress.State;
import org.manusroutes.reconcile.Progress.Walk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks for what was never delivered, at the start and again and again, on one node at a time. */
@Component
final class Reconcile {
    private static final String NAME = "reconcile";
    /** Longer than a call of the API, with the wait for its turn, can take. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(Reconcile.class);

    private final @Nullable ManusApi api;
    private final ManusApiProperties apiProperties;
    private final ReconcileProperties properties;
    private final Duration keep;
    private final NodeLeases leases;
    private final Progress progress;
    private final TaskWalk walks;
    private final JudgedTasks judged;
    private final MissedEvents missed;
    private final Watchdog watchdog;
    private final RegistrationHealthIndicator health;
    private final Clock clock;
    private final Loops loops;
    private final ScheduledExecutorService threads;
    private final List<ScheduledFuture<?>> turns = new ArrayList<>();
    private boolean walkedHere;
    private final Pause watchingPause = new Pause();
    private final Pause walkingPause = new Pause();

    Reconcile(
            ObjectProvider<ManusApi> api,
            ManusApiProperties apiProperties,
            ReconcileProperties properties,
            InboxProperties inbox,
            NodeLeases leases,
            Progress progress,
            TaskWalk walks,
            JudgedTasks judged,
            MissedEvents missed,
            Watchdog watchdog,
            RegistrationHealthIndicator health,
            Clock clock,
            Loops loops) {
        this.api = api.getIfAvailable();
        this.apiProperties = apiProperties;
        this.properties = properties;
        this.keep = inbox.keep();
        this.leases = leases;
        this.progress = progress;
        this.walks = walks;
        this.judged = judged;
        this.missed = missed;
        this.watchdog = watchdog;
        this.health = health;
        this.clock = clock;
        this.loops = loops;
        this.threads = Executors.newScheduledThreadPool(2, turn -> {
            Thread made = new Thread(turn, NAME);
            made.setDaemon(true);
            return made;
        });
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (api == null || properties.reconcileEvery().isZero()) {
            log.info(
                    "Events that are never delivered are not looked for: {}",
                    api == null ? "manus.api.key is not set" : "manus.api.reconcile-every is 0");
            return;
        }
        if (apiProperties.version() == ManusApiProperties.Version.V1) {
            log.info("Events that are never delivered are not looked for: that needs manus.api.version v2");
            return;
        }
        if (!watchdog.isOn()) {
            log.info("The registration at Manus is not watched: manus.webhook.public-url is not set");
        }
        ManusApi known = api;
        Duration late = properties.reconcileEvery().plus(LATE);
        if (watchdog.isOn()) {
            repeat(watchingPause, loops.named("watchdog", late), () -> watch(known));
        }
        Loop walking = loops.named(NAME, late);
        repeat(walkingPause, walking, () -> walk(known, walking));
    }

    private void repeat(Pause pause, Loop loop, Loop.Turn turn) {
        turns.add(threads.scheduleWithFixedDelay(
                () -> {
                    if (pause.isOver()) {
                        loop.scheduled(turn);
                    }
                },
                0,
                TURN.toSeconds(),
                TimeUnit.SECONDS));
    }

    private void watch(ManusApi known) {
        State state = progress.read(seconds());
        health.seen(state.registration());
        if (watchdog.isDue(state.registration(), seconds()) && leases.renew(NAME, LEASE)) {
            try {
                health.seen(watchdog.look(known, state.registration(), seconds()));
            } catch (ManusApiException refusal) {
                watchingPause.after(refusal);
            }
        }
    }

    private void walk(ManusApi known, Loop loop) {
        if (!leases.renew(NAME, LEASE)) {
            return; // another node does
        }
        missed.makeDue();
        State state = progress.read(seconds());
        if (!isDue(state.walk())) {
            return;
        }
        Walk walk = walks.start(state.walk(), state.since(), seconds());
        try {
            while (walk.startedAt() != null) {
                walk = walks.page(known, walk, state.since(), this::seconds, () -> alive(loop));
                missed.makeDue();
            }
        } catch (ManusApiException refusal) {
            walkingPause.after(refusal);
            return;
        }
        walkedHere = true;
        if (walk.walkedAt() != null && walk.walkedAt().equals(walk.walkedFarAt())) {
            missed.forget(keep);
            judged.forget(seconds() - keep.toSeconds());
        }
    }

    /** At the start, after each period, and when a walk has not come to its end. */
    private boolean isDue(Walk last) {
        return !walkedHere
                || last.startedAt() != null
                || last.walkedAt() == null
                || seconds() - last.walkedAt() >= properties.reconcileEvery().toSeconds();
    }

    private void alive(Loop loop) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("the application stops");
        }
        if (!leases.renew(NAME, LEASE)) {
            throw new IllegalStateException("another node looks for missed events now");
        }
        loop.good();
    }

    /** Whoever was refused waits; not all nodes and jobs go on at the same moment. */
    private static final class Pause {
        private volatile long until = System.nanoTime();

        boolean isOver() {
            return System.nanoTime() - until >= 0;
        }

        /** A limit is no failure: what was judged is remembered, and the page goes on from there. */
        void after(ManusApiException refusal) {
            int seconds = refusal.isRateLimited() ? 5 : 30;
            long millis = TimeUnit.SECONDS.toMillis(seconds);
            until = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(millis, 3 * millis));
            if (!refusal.isRateLimited()) {
                throw refusal;
            }
        }
    }

    private long seconds() {
        return clock.instant().getEpochSecond();
    }

    @PreDestroy
    void stop() throws InterruptedException {
        turns.forEach(turn -> turn.cancel(true));
        threads.shutdownNow();
        threads.awaitTermination(5, TimeUnit.SECONDS);
    }
}
