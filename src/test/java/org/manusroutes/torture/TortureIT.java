package org.manusroutes.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The inbox under fire. {@code -Dtorture.minutes=15} makes the harm last longer than the short form in {@code verify},
 * {@code -Dtorture.seed=42} repeats the order of a run. What is left of a run lies in {@code target/torture}.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are stopped and killed by Linux's signals")
@Timeout(value = 6, unit = TimeUnit.HOURS) // as long as it was asked to last, and then until all is done
class TortureIT {
    private static final double MINUTES = Double.parseDouble(System.getProperty("torture.minutes", "0.6"));
    private static final long SEED =
            Long.getLong("torture.seed", ThreadLocalRandom.current().nextInt(1_000_000));

    @Test
    void losesNothingAndRepeatsNothingWithoutACauseOnTwoNodesAndPostgresql() throws Exception {
        try (Torture torture = Torture.onPostgresql(SEED)) {
            check(torture.run(minutes(MINUTES), 25));
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "torture.minutes",
            matches = ".+",
            disabledReason = "verify has to end within 20 minutes; DistributionIT kills a node on this database")
    void losesNothingAndRepeatsNothingWithoutACauseOnTheDatabaseThatIsThereByDefault() throws Exception {
        try (Torture torture = Torture.onH2(SEED)) {
            check(torture.run(minutes(MINUTES / 2), 20));
        }
    }

    private static void check(Report report) {
        System.out.println("torture.seed=" + SEED + "\n" + report);
        assertThat(report.findings().lines()).isEmpty();
    }

    private static Duration minutes(double minutes) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }
}
