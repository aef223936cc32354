package org.manusroutes.loop;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** All loops of this process: health {@code loops} is DOWN while one of them is late. */
@Component("loops")
public final class Loops extends AbstractHealthIndicator {
    private final MeterRegistry meters;
    private final List<Loop> all = new CopyOnWriteArrayList<>();

    public Loops(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * A loop that is late, and says so in health, when it has had no good turn for so long.
     *
     * @param longest well above the time between two turns
     */
    public Loop named(String name, Duration longest) {
        Loop loop = new Loop(
                name,
                longest,
                System::nanoTime,
                meters.counter("manus.loop.turns", "loop", name, "outcome", "good"),
                meters.counter("manus.loop.turns", "loop", name, "outcome", "failed"));
        Gauge.builder("manus.loop.seconds.since.good", loop::secondsSinceGood)
                .tag("loop", name)
                .description("Seconds since the last good turn of each loop")
                .register(meters);
        all.add(loop);
        return loop;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        tell(builder, loop -> true);
    }

    /** Health of some of them alone. */
    public HealthIndicator of(String... names) {
        return () -> tell(new Health.Builder(), loop -> List.of(names).contains(loop.name()))
                .build();
    }

    private Health.Builder tell(Health.Builder builder, Predicate<Loop> which) {
        Map<String, String> late = new LinkedHashMap<>();
        for (Loop loop : all) {
            String problem = which.test(loop) ? loop.problem() : null;
            if (problem != null) {
                late.put(loop.name(), problem);
            }
        }
        return builder.status(late.isEmpty() ? "UP" : "DOWN").withDetails(late);
    }
}
