package org.manusroutes.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LoopTests {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final Loop loop =
            new Loop("work", Duration.ofSeconds(10), nanos::get, meters.counter("good"), meters.counter("failed"));

    @Test
    void outlivesAnErrorAndCountsIt() throws Exception {
        assertThat(loop.turn(() -> {
                    throw new NoClassDefFoundError("org/example/Missing");
                }))
                .isFalse();
        assertThat(loop.turn(() -> {})).isTrue();
        assertThat(meters.counter("failed").count()).isEqualTo(1);
        assertThat(meters.counter("good").count()).isEqualTo(1);
    }

    @Test
    void logsOnceUntilItWorksAgainOrFailsOtherwise(CapturedOutput output) throws Exception {
        for (int i = 0; i < 5; i++) {
            fail("refused");
        }
        assertThat(output.getOut().split("failed and goes on", -1)).hasSize(2);
        fail("another reason");
        assertThat(output.getOut().split("failed and goes on", -1)).hasSize(3);
        loop.turn(() -> {});
        assertThat(output).contains("The loop 'work' works again");
    }

    @Test
    void isLateWhenNoTurnWasGoodForTooLongAndWellAgainAfterOne() throws Exception {
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(loop.problem()).isNull();
        nanos.addAndGet(1);
        assertThat(loop.problem()).isEqualTo("no good turn for 10 s: it is stuck");
        fail("refused");
        assertThat(loop.problem()).contains("refused");
        loop.turn(() -> {});
        assertThat(loop.problem()).isNull();
    }

    @Test
    void isNotLateWhenItWasMeantToEnd() {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        loop.end();
        assertThat(loop.problem()).isNull();
    }

    @Test
    void letsAnInterruptEndItsThread() {
        assertThatThrownBy(() -> loop.turn(() -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void makesHealthDownWithTheReason() throws Exception {
        Loops loops = new Loops(meters);
        Loop late = loops.named("late", Duration.ofNanos(1));
        late.turn(() -> {
            throw new IllegalStateException("refused");
        });
        assertThat(loops.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(loops.health().getDetails().get("late").toString()).contains("refused");
        assertThat(loops.of("another").health().getStatus()).isEqualTo(Status.UP);
    }

    private void fail(String why) throws InterruptedException {
        loop.turn(() -> {
            throw new IllegalStateException(why);
        });
    }
}
