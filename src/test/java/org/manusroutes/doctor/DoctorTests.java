package org.manusroutes.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DoctorTests {
    @Test
    void leavesBehindWhatHangsAndSaysWhatItWaitsFor() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        assertThat(Doctor.examine(List.of(
                        new Trial("black hole", Duration.ofMillis(50), () -> {
                            never.await();
                            return List.of();
                        }),
                        new Trial("disk", Duration.ofMinutes(1), () -> List.of(Finding.ok("disk", "has room"))))))
                .containsExactly(
                        Finding.fail("black hole", "came to no end within 0 s", "it waits for manus.some.setting"),
                        Finding.ok("disk", "has room"));
        never.countDown();
    }

    @Test
    void saysInOneLineWhatNobodyHasForeseen() throws Exception {
        assertThat(Doctor.examine(List.of(new Trial("mail", Duration.ofMinutes(1), () -> {
                    throw new IllegalStateException(
                            "outer", new IllegalArgumentException("manus.mail.to:\n'x' is no address"));
                }))))
                .containsExactly(
                        Finding.fail("mail", "manus.mail.to: 'x' is no address", "it looks at manus.some.setting"));
    }

    @Test
    void keepsThePasswordOfAUrlToItself() {
        assertThat(Finding.fail("database", "jdbc:postgresql://db/manus?password=s3cret", "look at x?token=abc"))
                .hasToString("Finding[name=database, level=FAIL, found=jdbc:postgresql://db/manus?password=***,"
                        + " mend=look at x?token=***]");
    }

    private record Trial(String name, Duration patience, Work work) implements Check {
        private interface Work {
            List<Finding> run() throws Exception;
        }

        @Override
        public String waitsFor() {
            return "manus.some.setting";
        }

        @Override
        public List<Finding> run() throws Exception {
            return work.run();
        }
    }
}
