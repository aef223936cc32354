package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.Postponed;

class CopyTurnsTests {
    private final AtomicLong now = new AtomicLong(-5_000_000_000L);
    private final CopyTurns turns = new CopyTurns(2, Duration.ofHours(1), now::get);

    @Test
    void letsNoMoreBeginThanTheSettingAllows() {
        turns.begin("a");
        CopyTurns.Turn turn = turns.begin("a");

        assertThatExceptionOfType(Postponed.class)
                .isThrownBy(() -> turns.begin("b"))
                .withMessageContaining("2 files at once (manus.attachments.copies); 1 events wait")
                .satisfies(later -> assertThat(later.delay()).isEqualTo(Duration.ofMillis(100)));
        turn.end();
        turns.begin("b");
    }

    @Test
    void keepsTheOrderInWhichTheyCame() {
        turns.begin("a");
        CopyTurns.Turn turn = turns.begin("a");
        assertWaits("first");
        assertWaits("second");
        turn.end();
        now.addAndGet(Duration.ofMillis(300).toNanos());

        assertWaits("second");
        assertWaits("newcomer");
        CopyTurns.Turn first = turns.begin("first");
        first.end();
        first.end();
        turns.begin("second");
        assertWaits("newcomer");
    }

    @Test
    void forgetsWhoDoesNotCome() {
        turns.begin("a");
        CopyTurns.Turn turn = turns.begin("a");
        assertWaits("taken by another node");
        turn.end();
        now.addAndGet(Duration.ofMillis(100).toNanos());
        assertWaits("b");
        now.addAndGet(Duration.ofMillis(1_001).toNanos());

        turns.begin("b");
    }

    /** An Error passes Camel by, and what it would do at the end of an exchange. */
    @Test
    void takesBackTheTurnOfACopyThatNeverEnded() {
        turns.begin("a");
        turns.begin("a");
        assertWaits("b");
        now.addAndGet(Duration.ofMinutes(61).toNanos());

        turns.begin("b");
        turns.begin("b");
        assertWaits("b");
    }

    private void assertWaits(String key) {
        assertThatExceptionOfType(Postponed.class).isThrownBy(() -> turns.begin(key));
    }
}
