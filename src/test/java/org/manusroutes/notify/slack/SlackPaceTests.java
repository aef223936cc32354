package org.manusroutes.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.Postponed;

class SlackPaceTests {
    private long now = 1_000_000_000_000L;
    private final SlackPace pace = new SlackPace(1, () -> now);

    @Test
    void letsABurstPassAndThenOneASecond() {
        useUpTheBurst();
        assertThat(wait("a")).isEqualTo(Duration.ofSeconds(1));
        assertThat(wait("b")).isEqualTo(Duration.ofSeconds(2));
        assertThat(wait("c")).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void keepsTheTurnOfWhoWaitsAndLetsNoLaterOneOvertake() {
        useUpTheBurst();
        wait("a");
        wait("b");
        pass(Duration.ofSeconds(1));
        assertThat(wait("newer")).isEqualTo(Duration.ofSeconds(2));
        pace.turn("#c", "a").answered();
        assertThat(wait("b")).as("asked again too early, it keeps its turn").isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(2));
        pace.turn("#c", "b").answered();
        pace.turn("#c", "newer").answered();
    }

    @Test
    void gathersABurstAgainWhileNothingIsSent() {
        useUpTheBurst();
        pass(Duration.ofMinutes(1));
        useUpTheBurst();
        assertThat(wait("a")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void pacesEachChannelByItself() {
        useUpTheBurst();
        pace.turn("#ops", "a").answered();
    }

    @Test
    void movesEverybodyWhenSlackAsksToSlowDown() {
        useUpTheBurst();
        wait("a");
        wait("b");
        pass(Duration.ofSeconds(1));
        pace.turn("#c", "a").failed(Duration.ofSeconds(30));
        assertThat(pace.paused()).isEqualTo(1);
        assertThat(wait("a")).as("in the place it had").isEqualTo(Duration.ofSeconds(30));
        assertThat(wait("b")).isEqualTo(Duration.ofSeconds(31));
        pass(Duration.ofSeconds(30));
        assertThat(pace.paused()).isZero();
        pace.turn("#c", "a").answered();
        assertThat(wait("b")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void leavesAChannelAloneThatFailsAndTriesItByOneMessage() {
        SlackPace unlimited = new SlackPace(0, () -> now);
        for (int i = 0; i < 3; i++) {
            unlimited.turn("#c", "e" + i).failed(null);
        }
        assertThatThrownBy(() -> unlimited.turn("#c", "e0")).isInstanceOf(Postponed.class);
        pass(Duration.ofSeconds(5));
        SlackPace.Turn probe = unlimited.turn("#c", "e0");
        assertThatThrownBy(() -> unlimited.turn("#c", "e1")).as("one finds out").isInstanceOf(Postponed.class);
        probe.failed(null);
        pass(Duration.ofSeconds(9));
        assertThatThrownBy(() -> unlimited.turn("#c", "e1")).as("twice as long").isInstanceOf(Postponed.class);
        pass(Duration.ofSeconds(1));
        unlimited.turn("#c", "e1").answered();
        unlimited.turn("#c", "e2").answered();
        unlimited.turn("#c", "e3").answered();
    }

    @Test
    void doesNotLeaveItAloneForLongerBecauseMoreThanOneWereUnderWayWhenItFailed() {
        SlackPace unlimited = new SlackPace(0, () -> now);
        List<SlackPace.Turn> underWay = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            underWay.add(unlimited.turn("#c", "e" + i));
        }
        underWay.forEach(turn -> turn.failed(null));
        pass(Duration.ofSeconds(5));
        unlimited.turn("#c", "e0").answered();
        unlimited.turn("#c", "e1").answered();
    }

    @Test
    void keepsTheOrderOfThoseThatWaitForTheEndOfAPause() {
        SlackPace unlimited = new SlackPace(0, () -> now);
        unlimited.turn("#c", "e0").failed(Duration.ofSeconds(30));
        Duration first = catchThrowableOfType(Postponed.class, () -> unlimited.turn("#c", "e1"))
                .delay();
        pass(Duration.ofSeconds(1));
        Duration second = catchThrowableOfType(Postponed.class, () -> unlimited.turn("#c", "e2"))
                .delay();
        assertThat(second.plusSeconds(1)).isGreaterThan(first);
    }

    @Test
    void givesAHundredThousandTheirTurnsInOrder() {
        useUpTheBurst();
        for (int i = 0; i < 100_000; i++) {
            wait("e" + i);
        }
        for (int i = 0; i < 1000; i++) {
            pass(Duration.ofSeconds(1));
            pace.turn("#c", "e" + i).answered();
            assertThat(wait("e" + (i + 1))).isEqualTo(Duration.ofSeconds(1));
        }
        assertThat(wait("e99999")).isEqualTo(Duration.ofSeconds(99_000));
    }

    private void useUpTheBurst() {
        for (int i = 0; i <= 10; i++) {
            pace.turn("#c", "burst" + i).answered();
        }
    }

    private Duration wait(String key) {
        Postponed postponed = catchThrowableOfType(Postponed.class, () -> pace.turn("#c", key));
        assertThat(postponed).as(key).isNotNull();
        return postponed.delay();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
