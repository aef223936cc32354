package org.manusroutes.webhook;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.manusroutes.text.Untrusted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Says in the log why requests are refused: of each kind and reason the first one in a minute, and then how many more.
 * The rate is bounded, whatever is sent; the metric {@code manus.webhook.requests} counts each one.
 */
@Component
public final class RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final int LONGEST_DETAIL = 300;

    private final Set<Refused> said = ConcurrentHashMap.newKeySet();
    private final Map<Refused, AtomicLong> more = new ConcurrentHashMap<>();

    /** What was refused: one of a kind, and several. */
    public enum Kind {
        DELIVERY("a delivery", "deliveries"),
        SLACK("a request of Slack", "requests of Slack");

        private final String one;
        private final String many;

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }
    }

    private record Refused(Kind kind, Refusal refusal) {}

    /** @param detail may hold what the sender sent */
    void refused(Refusal refusal, String detail) {
        refused(Kind.DELIVERY, refusal, detail);
    }

    /**
     * Says it, or counts it.
     *
     * @param detail may hold what the sender sent
     */
    public void refused(Kind kind, Refusal refusal, String detail) {
        Refused refused = new Refused(kind, refusal);
        if (said.add(refused)) {
            log.atLevel(level(refusal))
                    .log(
                            "Refused {} with {}: {} ({})",
                            kind.one,
                            refusal.status(),
                            refusal,
                            Untrusted.cut(Untrusted.line(detail), LONGEST_DETAIL));
        } else {
            more.computeIfAbsent(refused, first -> new AtomicLong()).incrementAndGet();
        }
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void everyMinute() {
        said.clear();
        more.forEach((refused, count) -> {
            long times = count.getAndSet(0);
            if (times > 0) {
                log.atLevel(level(refused.refusal()))
                        .log(
                                "Refused {} more {} in the last minute with {}: {}",
                                times,
                                refused.kind().many,
                                refused.refusal().status(),
                                refused.refusal());
            }
        });
    }

    private static Level level(Refusal refusal) {
        return refusal == Refusal.NOT_STORED ? Level.ERROR : Level.WARN;
    }
}
