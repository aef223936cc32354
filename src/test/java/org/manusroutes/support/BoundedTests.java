package org.manusroutes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedTests {
    @Test
    void failsAtOnceWhenACountIsPassed() {
        AtomicInteger looks = new AtomicInteger();
        assertThatThrownBy(() -> Bounded.untilExactly(80, () -> 80 + looks.incrementAndGet()))
                .hasMessageContaining("expected 80, and it is 81 already");
        assertThat(looks).hasValue(1);
    }

    @Test
    void returnsWhenACountIsReached() {
        AtomicInteger looks = new AtomicInteger();
        Bounded.untilExactly(3, looks::incrementAndGet);
        assertThat(looks).hasValue(3);
    }

    @Test
    void callsAllAndReturnsTheirAnswersInOrderOrWhatOneOfThemThrew() throws Exception {
        assertThat(Bounded.callAll(2, List.of(() -> 1, () -> 2, () -> 3))).containsExactly(1, 2, 3);
        List<Callable<Integer>> one = List.of(() -> 1, () -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> Bounded.callAll(2, one)).hasRootCauseMessage("no");
    }
}
