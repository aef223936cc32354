package org.manusroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manusroutes.inbox.store.Purge;

class RetentionTests {
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
        new Retention(purge, properties(Duration.ofDays(30))).purge();
        assertThat(purged).containsExactly(Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(30));
        assertThat(batches).isEmpty();
    }

    @Test
    void looksOnceWhenNothingIsOld() throws Exception {
        batches.add(0);
        new Retention(purge, properties(Duration.ofDays(90))).purge();
        assertThat(purged).hasSize(1);
    }

    private static InboxProperties properties(Duration keep) {
        return new InboxProperties(
                1,
                1,
                Duration.ofMinutes(1),
                new InboxProperties.Retry(Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
                InboxProperties.ChangedBody.ACCEPT,
                keep);
    }
}
