package org.manusroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manusroutes.inbox.store.Purge;
import org.manusroutes.loop.Loops;
import org.springframework.dao.DataAccessResourceFailureException;

class RetentionTests {
    private final Loops loops = new Loops(new SimpleMeterRegistry());
    private final List<Duration> purged = new ArrayList<>();
    private final Deque<Integer> batches = new ArrayDeque<>();

    @SuppressWarnings("NullAway") // nothing of the real one is called
    private final Purge purge = new Purge(null, null, null) {
        @Override
        public int batch(Duration keep, int limit) {
            purged.add(keep);
            int left = batches.remove();
            return Math.min(left, limit);
        }
    };

    @Test
    void forgetsBatchAfterBatchUntilOneIsNotFull() throws Exception {
        batches.addAll(List.of(10_000, 10_000, 3));
        new Retention(purge, properties(Duration.ofDays(30)), loops).purge();
        assertThat(purged).containsExactly(Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(30));
        assertThat(batches).isEmpty();
    }

    @Test
    void looksOnceWhenNothingIsOld() throws Exception {
        batches.add(0);
        new Retention(purge, properties(Duration.ofDays(90)), loops).purge();
        assertThat(purged).hasSize(1);
    }

    @Test
    void livesOnWhenTheDatabaseIsAway() {
        batches.add(3);
        Purge away = new Purge(null, null, null) {
            @Override
            public int batch(Duration keep, int limit) {
                if (batches.size() == 1) {
                    batches.add(0);
                    throw new DataAccessResourceFailureException("connection refused");
                }
                return 0;
            }
        };
        Retention retention = new Retention(away, properties(Duration.ofDays(1)), loops);
        retention.purge();
        retention.purge();
        assertThat(batches).hasSize(2);
    }

    private static InboxProperties properties(Duration keep) {
        return new InboxProperties(
                1,
                1,
                Duration.ofMinutes(1),
                new InboxProperties.Retry(Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
                Duration.ofMinutes(15),
                InboxProperties.ChangedBody.ACCEPT,
                keep);
    }
}
