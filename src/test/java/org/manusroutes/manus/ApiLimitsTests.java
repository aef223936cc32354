package org.manusroutes.manus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.support.Databases;
import org.springframework.jdbc.core.simple.JdbcClient;

class ApiLimitsTests {
    @Test
    void holdsTheLimitsInAnyMinute() {
        assertThat(most(CallKind.READ)).isLessThanOrEqualTo(100);
        assertThat(most(CallKind.SEND)).isLessThanOrEqualTo(10);
        assertThat(most(CallKind.WRITE)).isLessThanOrEqualTo(40);
    }

    private static long most(CallKind kind) {
        return kind.burst + Duration.ofMinutes(1).dividedBy(kind.interval);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void nodesShareABurstAndWhatIsEarnedAfterIt(Databases database) {
        JdbcClient jdbc = tables(database);
        ApiLimits one = new ApiLimits(jdbc, new Random(1));
        ApiLimits other = new ApiLimits(jdbc, new Random(2));

        long taken = IntStream.range(0, 2 * CallKind.SEND.burst)
                .filter(i -> (i % 2 == 0 ? one : other).take(CallKind.SEND))
                .count();

        assertThat(taken).isEqualTo(CallKind.SEND.burst);
        assertThat(other.take(CallKind.READ)).isTrue();
        jdbc.sql("update api_limit set earned_at = earned_at - interval '11' second")
                .update();
        assertThat(one.take(CallKind.SEND)).isTrue();
        assertThat(other.take(CallKind.SEND)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void waitsForAboutAMinuteWhenTheApiSaysThatItIsTooMuch(Databases database) {
        JdbcClient jdbc = tables(database);
        ApiLimits limits = new ApiLimits(jdbc, new Random(1));
        assertThat(limits.take(CallKind.READ)).isTrue();

        limits.refused(CallKind.READ);

        assertThat(limits.take(CallKind.READ)).isFalse();
        jdbc.sql("update api_limit set earned_at = earned_at - interval '58' second")
                .update();
        assertThat(limits.take(CallKind.READ)).isFalse();
        jdbc.sql("update api_limit set earned_at = earned_at - interval '33' second")
                .update();
        assertThat(limits.take(CallKind.READ)).isTrue();
    }

    private static JdbcClient tables(Databases database) {
        return JdbcClient.create(database.migrated());
    }
}
