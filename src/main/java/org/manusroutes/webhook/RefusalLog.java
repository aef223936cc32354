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
 * Says in the log why deliveries are refused: of each reason the first one in a minute, and then how many more. The
 * rate is bounded, whatever is sent; the metric {@code manus.webhook.requests} counts each one.
 */
@Component
final class RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final int LONGEST_DETAIL = 300;

    private final Set<Refusal> said = ConcurrentHashMap.newKeySet();
    private final Map<Refusal, AtomicLong> more = new ConcurrentHashMap<>();

    /** @param detail may hold what the sender sent */
    void refused(Refusal refusal, String detail) {
        if (said.add(refusal)) {
            log.atLevel(level(refusal))
                    .log(
                            "Refused a delivery with {}: {} ({})",
                            refusal.status(),
                            refusal,
                            Untrusted.cut(Untrusted.line(detail), LONGEST_DETAIL));
        } else {
            more.computeIfAbsent(refusal, first -> new AtomicLong()).incrementAndGet();
        }
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void everyMinute() {
        said.clear();
        more.forEach((refusal, count) -> {
            long refused = count.getAndSet(0);
            if (refused > 0) {
                log.atLevel(level(refusal))
                        .log(
                                "Refused {} more deliveries in the last minute with {}: {}",
                                refused,
                                refusal.status(),
                                refusal);
            }
        });
    }

    private static Level level(Refusal refusal) {
        return refusal == Refusal.NOT_STORED ? Level.ERROR : Level.WARN;
    }
}
